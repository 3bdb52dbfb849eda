//! Colours that people with any kind of colour vision can tell apart.

/// A colour as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

// Okabe and Ito (2008), "Color Universal Design". Beside hue they differ in lightness; where two are close in grey,
// pair them with different dashes.
impl Colour {
    /// Blue.
    pub const BLUE: Colour = Colour(0x00, 0x72, 0xB2);
    /// Vermilion, a red that differs from green for everyone.
    pub const VERMILION: Colour = Colour(0xD5, 0x5E, 0x00);
    /// Bluish green.
    pub const GREEN: Colour = Colour(0x00, 0x9E, 0x73);
    /// Reddish purple.
    pub const PURPLE: Colour = Colour(0xCC, 0x79, 0xA7);
    /// Orange.
    pub const ORANGE: Colour = Colour(0xE6, 0x9F, 0x00);
    /// Sky blue.
    pub const SKY: Colour = Colour(0x56, 0xB4, 0xE9);
    /// Dark slate, for what is compared against.
    pub const SLATE: Colour = Colour(0x4A, 0x4F, 0x57);
    /// Grey, for money that is taken away and for background.
    pub const GREY: Colour = Colour(0x9A, 0xA0, 0xA6);
    /// White.
    pub const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);

    /// The same hue, dark enough for small text on white (contrast 4.5 to 1, WCAG 2.1 AA).
    pub fn ink(self) -> Colour {
        let mut ink = self;
        while ink.contrast_with_white() < 4.5 {
            ink = Colour(darker(ink.0), darker(ink.1), darker(ink.2));
        }
        ink
    }

    /// A lighter tint: 0 leaves the colour, 1 is white.
    pub fn tint(self, toward_white: f64) -> Colour {
        let mix = |channel: u8| {
            let channel = f64::from(channel);
            (channel + (255.0 - channel) * toward_white.clamp(0.0, 1.0)).round() as u8
        };
        Colour(mix(self.0), mix(self.1), mix(self.2))
    }

    /// Relative luminance as WCAG 2.1 defines it, from 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    fn contrast_with_white(self) -> f64 {
        1.05 / (self.luminance() + 0.05)
    }
}

/// The qualitative palette, in the order in which to take from it.
pub const PALETTE: [Colour; 6] =
    [Colour::BLUE, Colour::VERMILION, Colour::GREEN, Colour::PURPLE, Colour::ORANGE, Colour::SKY];

fn darker(channel: u8) -> u8 {
    (f64::from(channel) * 0.96).floor() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_legible_on_white() {
        for colour in PALETTE {
            assert!(colour.ink().contrast_with_white() >= 4.5);
        }
    }

    #[test]
    fn tints_end_at_white() {
        assert_eq!(Colour::BLUE.tint(1.0), Colour::WHITE);
        assert_eq!(Colour::BLUE.tint(0.0), Colour::BLUE);
    }
}
