//! Small pictures for the easy read, drawn by us in one style: a thick dark line, one blue, one orange.

/// A pictogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Pictogram {
    Coins,
    Plant,
    Ways,
    Computer,
    Unsure,
    Hospital,
    Services,
    Back,
    Clock,
    Heart,
    Balance,
    Homes,
    Taken,
    Staff,
    Stop,
    Talk,
}

impl Pictogram {
    /// What it shows, for those who cannot see it.
    pub fn shows(self) -> &'static str {
        match self {
            Self::Coins => "A pile of coins",
            Self::Plant => "A young plant in a hand",
            Self::Ways => "A sign with arrows to both sides",
            Self::Computer => "A computer",
            Self::Unsure => "A question mark",
            Self::Hospital => "A hospital",
            Self::Services => "A house and a person",
            Self::Back => "A coin with an arrow that turns back",
            Self::Clock => "A clock",
            Self::Heart => "A heart",
            Self::Balance => "Scales",
            Self::Homes => "A small house and a big house",
            Self::Taken => "A coin on its way out of a purse",
            Self::Staff => "A nurse",
            Self::Stop => "A stop sign",
            Self::Talk => "Two people who talk",
        }
    }

    /// The drawing, as an element of a page.
    pub fn svg(self) -> String {
        format!(
            "<svg role=\"img\" viewBox=\"0 0 96 96\" fill=\"#fff\" stroke=\"#1a1c1f\" stroke-width=\"4\" \
             stroke-linecap=\"round\" stroke-linejoin=\"round\"><title>{}</title>{}</svg>",
            self.shows(),
            self.lines()
                .replace("@b", "fill=\"#56b4e9\"")
                .replace("@o", "fill=\"#e69f00\"")
                .replace("@n", "fill=\"none\"")
        )
    }

    /// The drawing's elements; `@b` is the blue, `@o` the orange, `@n` no ground.
    fn lines(self) -> &'static str {
        match self {
            Self::Coins => {
                "<path @o d=\"M16 64v12c0 5 14 9 32 9s32-4 32-9V64\"/><ellipse @o cx=\"48\" cy=\"64\" rx=\"32\" ry=\"10\"/>\
                 <path @o d=\"M16 44v14c0 5 14 9 32 9s32-4 32-9V44\"/><ellipse @o cx=\"48\" cy=\"44\" rx=\"32\" ry=\"10\"/>\
                 <path @o d=\"M16 24v14c0 5 14 9 32 9s32-4 32-9V24\"/><ellipse @o cx=\"48\" cy=\"24\" rx=\"32\" ry=\"11\"/>\
                 <path @n d=\"M54 19q-3-3-7-2-4 2-3 6l1 6h-5 14m-13-5h9\" stroke-width=\"3\"/>"
            }
            Self::Plant => {
                "<path @n d=\"M48 66V34\"/><path @b d=\"M48 42q-2-20-26-20 0 22 26 20z\"/><path @b d=\"M48 34q2-18 24-18 0 20-24 18z\"/>\
                 <path @o d=\"M12 66h72q-4 20-24 20H36q-20 0-24-20z\"/>"
            }
            Self::Ways => {
                "<path @n d=\"M48 14v72\"/><path @b d=\"M48 20h28l12 10-12 10H48z\"/><path @o d=\"M48 46H20L8 56l12 10h28z\"/>\
                 <path @n d=\"M34 86h28\"/>"
            }
            Self::Computer => {
                "<rect @b x=\"12\" y=\"16\" width=\"72\" height=\"48\" rx=\"4\"/><path @n d=\"M22 52l14-14 12 8 24-20\" stroke=\"#fff\" stroke-width=\"5\"/>\
                 <path d=\"M40 64h16l4 16H36z\"/><path @n d=\"M26 80h44\"/>"
            }
            Self::Unsure => {
                "<circle @b cx=\"48\" cy=\"48\" r=\"36\"/><path @n d=\"M36 38q0-13 12-13t12 12q0 8-8 11-4 2-4 9\" stroke-width=\"6\"/>\
                 <circle cx=\"48\" cy=\"69\" r=\"2.5\" fill=\"#1a1c1f\"/>"
            }
            Self::Hospital => {
                "<rect @b x=\"14\" y=\"26\" width=\"68\" height=\"58\"/><rect x=\"32\" y=\"12\" width=\"32\" height=\"30\" rx=\"3\"/>\
                 <path @n d=\"M48 19v16m-8-8h16\" stroke=\"#d55e00\" stroke-width=\"6\"/><path @o d=\"M40 84V64h16v20z\"/>\
                 <path d=\"M22 52h10v10H22zm42 0h10v10H64z\"/>"
            }
            Self::Services => {
                "<path @b d=\"M8 46L36 20l28 26v38H8z\"/><path @n d=\"M36 78s-14-8-14-17q0-7 7-7 5 0 7 5 2-5 7-5 7 0 7 7 0 9-14 17z\" stroke-width=\"4\"/>\
                 <circle @o cx=\"77\" cy=\"46\" r=\"8\"/><path @o d=\"M66 84V70q0-11 11-11t11 11v14z\"/>"
            }
            Self::Back => {
                "<circle @o cx=\"48\" cy=\"48\" r=\"18\"/><path @n d=\"M53 42q-2-3-6-2-4 2-3 6l1 5h-4 12m-11-4h8\" stroke-width=\"3\"/>\
                 <path @n d=\"M80 30A36 36 0 1 0 84 50\" stroke-width=\"5\"/><path @n d=\"M82 14v17H65\" stroke-width=\"5\"/>"
            }
            Self::Clock => {
                "<circle @b cx=\"48\" cy=\"48\" r=\"36\"/><path @n d=\"M48 26v22l16 12\" stroke-width=\"6\"/>\
                 <path @n d=\"M48 12v5m0 62v5M12 48h5m62 0h5\"/>"
            }
            Self::Heart => {
                "<path @o d=\"M48 84S12 62 12 38q0-18 18-18 13 0 18 12 5-12 18-12 18 0 18 18 0 24-36 46z\"/>\
                 <path @n d=\"M22 48h14l6-12 10 24 6-12h16\" stroke-width=\"5\"/>"
            }
            Self::Balance => {
                "<path @n d=\"M48 14v68M28 84h40M18 30l60-8\" stroke-width=\"5\"/><path @o d=\"M6 56h24q-2 12-12 12T6 56z\"/>\
                 <path @n d=\"M18 30L7 56m11-26l11 26\"/><path @b d=\"M66 48h24q-2 12-12 12t-12-12z\"/><path @n d=\"M78 22L67 48m11-26l11 26\"/>"
            }
            Self::Homes => {
                "<path @o d=\"M6 60l16-16 16 16v24H6z\"/><path d=\"M18 84V70h8v14z\"/><path @b d=\"M44 44l22-24 22 24v40H44z\"/>\
                 <path d=\"M60 84V66h12v18zM52 48h8v8h-8zm20 0h8v8h-8z\"/>"
            }
            Self::Taken => {
                "<path @b d=\"M12 40h52q6 0 6 6v32q0 6-6 6H18q-6 0-6-6z\"/><path @n d=\"M12 40q0-8 8-8h36v8\"/><circle cx=\"58\" cy=\"62\" r=\"4\"/>\
                 <circle @o cx=\"70\" cy=\"20\" r=\"11\"/><path @n d=\"M80 40l8-8m0 0v9m0-9h-9\"/>"
            }
            Self::Staff => {
                "<circle @o cx=\"48\" cy=\"36\" r=\"14\"/><path d=\"M30 24l4-12h28l4 12q-18-8-36 0z\"/><path @n d=\"M48 13v8m-4-4h8\" stroke=\"#d55e00\"/>\
                 <path @b d=\"M18 86V74q0-18 30-18t30 18v12z\"/><path @n d=\"M40 58l8 10 8-10\"/>"
            }
            Self::Stop => {
                "<path @o d=\"M34 12h28l22 22v28L62 84H34L12 62V34z\"/><path @n d=\"M30 48h36\" stroke=\"#fff\" stroke-width=\"12\"/>\
                 <path @n d=\"M30 42h36v12H30z\"/>"
            }
            Self::Talk => {
                "<circle @o cx=\"24\" cy=\"56\" r=\"10\"/><path @o d=\"M8 88q0-18 16-18t16 18z\"/><circle @b cx=\"72\" cy=\"56\" r=\"10\"/>\
                 <path @b d=\"M56 88q0-18 16-18t16 18z\"/><path d=\"M12 10h42v22H34l-10 9v-9H12z\"/><path @n d=\"M22 18h22m-22 7h14\" stroke-width=\"3\"/>"
            }
        }
    }
}
