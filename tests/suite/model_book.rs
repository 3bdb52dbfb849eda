//! The book of the shipped model, docs/models/prevention.md, is what `wellspring document` writes. `UPDATE=1 cargo test` writes
//! it anew.

use crate::documents::compare;
use crate::transcript::{folder, wellspring};

#[test]
fn the_model_book_says_what_the_model_says() {
    let output = wellspring(folder(&[]).path()).args(["document", "prevention"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    compare("docs/models/prevention.md", &String::from_utf8(output.stdout).unwrap());
}
