//! Figures hold what they promise: no word covers another or is cut, and the same figure gives the same bytes.

use super::gallery;
use super::{draw, png};

/// Writes the gallery to the folder named by GALLERY, to be looked at.
#[test]
fn the_gallery_can_be_drawn() {
    for (name, figure) in gallery::all() {
        let drawing = draw(&figure).unwrap();
        let pixels = png(&drawing.svg, 1.0).unwrap();
        assert!(pixels.starts_with(b"\x89PNG"), "{name}");
        if let Some(folder) = std::env::var_os("GALLERY") {
            let folder = std::path::PathBuf::from(folder);
            std::fs::write(folder.join(format!("{name}.svg")), &drawing.svg).unwrap();
            std::fs::write(
                folder.join(format!("{name}.png")),
                png(&drawing.svg, 1.5).unwrap(),
            )
            .unwrap();
        }
    }
}
