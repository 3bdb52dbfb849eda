//! The SVG as pixels, with the bundled font, so that both forms of a figure are the same picture.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

use super::FigureError;

/// The SVG as a PNG. At scale 1 a point is 96/72 pixels, as on a screen; 2 suits dense screens, 3 print.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, FigureError> {
    let tree = read(svg)?;
    let side = |length: f32| (length * scale).round();
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    // A picture beyond 32,000 pixels a side would take gigabytes.
    if !(1.0..=32_000.0).contains(&width) || !(1.0..=32_000.0).contains(&height) {
        return Err(FigureError::BadScale { scale });
    }
    let mut pixels = Pixmap::new(width as u32, height as u32).ok_or(FigureError::BadScale { scale })?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| FigureError::UnreadableSvg { reason: error.to_string() })
}

/// The SVG as a tree with every text laid out in the bundled font; no font of the machine is used.
pub(super) fn read(svg: &str) -> Result<Tree, FigureError> {
    let mut fonts = Database::new();
    fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
    fonts.load_font_data(notosans::BOLD_TTF.to_vec());
    let options = Options { font_family: "Noto Sans".to_string(), fontdb: Arc::new(fonts), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|error| FigureError::UnreadableSvg { reason: error.to_string() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_svg_is_an_error() {
        assert!(matches!(png("<p>", 1.0), Err(FigureError::UnreadableSvg { .. })));
    }

    #[test]
    fn a_scale_without_pixels_is_an_error() {
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>"#;
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e9] {
            assert!(matches!(png(svg, scale), Err(FigureError::BadScale { .. })), "{scale}");
        }
        assert!(png(svg, 2.0).unwrap().starts_with(b"\x89PNG"));
    }
}
