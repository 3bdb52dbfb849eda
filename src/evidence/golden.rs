//! Files with mistakes and what is said of them: one folder of tests/diagnostics for each code.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::References;
use engine::diagnostic::{Diagnostics, Sources, render_text};

/// A register of sources and a path of prices for tests.
pub(crate) const SOURCES: &str = r#"
[ons-2020]
publisher = "Office for National Statistics"
title = "Mid-year population estimates"
year = 2020
licence = "OGL v3.0"

[hes-2011-12]
publisher = "NHS Digital"
title = "Hospital Episode Statistics"
year = "2011/12"
licence = "OGL v3.0"
url = "https://digital.nhs.uk"

[judgement]
publisher = "Wellspring"
title = "Judgement of the authors"
year = "2026"
licence = "CC BY 4.0"
"#;

/// See [`SOURCES`].
pub(crate) const DEFLATORS: &str = r#"
schema = 1
name = "GDP deflator at market prices"
base = "2024/25"

[past]
grade = "B"
source = "judgement"
index = { "2021/22" = 75.0, "2022/23" = 80.0, "2023/24" = 96.0, "2024/25" = 120.0 }

[future]
grade = "C"
source = "judgement"
index = { "2025/26" = 123.0, "2026/27" = 126.0 }
growth_after = 0.02
"#;

/// The register and the path of prices above, read.
pub(crate) fn references() -> References {
    References::read((&Arc::from("sources.toml"), SOURCES), (&Arc::from("deflators.toml"), DEFLATORS)).unwrap().0
}

/// Compares what `read` says of the TOML files of each folder `tests/diagnostics/<prefix>...` with its expected.txt.
/// With `UPDATE=1` in the environment the expectation is rewritten. `read` is given each folder's files by name and text.
pub(crate) fn check(
    prefix: &str,
    pages: &[engine::diagnostic::catalogue::Page],
    read: impl Fn(&[(Arc<str>, Arc<str>)]) -> Diagnostics,
) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    for page in pages {
        assert!(page.code.0.starts_with(prefix));
        let folder = root.join(page.code.0);
        let mut sources = Sources::new();
        let files = texts(&folder);
        assert!(!files.is_empty(), "{} has no file that shows it", page.code);
        for (name, text) in &files {
            sources.add(name, text);
        }
        let found = read(&files);
        assert!(found.iter().any(|d| d.code == page.code), "{}: the example does not show it: {found:?}", page.code);
        let rendered = render_text(&found, &sources, false);
        let expected = folder.join("expected.txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &rendered).unwrap();
        }
        let expected = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(rendered, expected, "{}: UPDATE=1 rewrites the expectation", page.code);
    }
}

fn texts(folder: &Path) -> Vec<(Arc<str>, Arc<str>)> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            (Arc::from(name.as_ref()), Arc::from(std::fs::read_to_string(path).unwrap()))
        })
        .collect()
}
