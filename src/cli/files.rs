//! Files named by a person: the only file where they are opened, and only so far as they are files and not too long.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::explain::command as code;
use crate::shipped::Text;
use engine::diagnostic::{Diagnostic, Diagnostics, Span, nearest};
use engine::notation::vensim;

/// No text that a person writes is longer.
pub const LONGEST: u64 = 64 << 20;

/// Nor is the file of blocks of a sweep that its tables can be made of.
pub const LONGEST_BLOCKS: u64 = 16 << 30;

/// Nor is a table of numbers that fits in memory.
pub const LONGEST_TABLE: u64 = 4 << 30;

/// Reads a file.
///
/// # Errors
/// It is not there, no file, not readable, empty, or not UTF-8.
pub fn read(path: &Path) -> Result<Text, Diagnostics> {
    read_up_to(path, LONGEST)
}

/// Reads a table of numbers, which may be long.
///
/// # Errors
/// As [`read`].
pub fn read_table(path: &Path) -> Result<Text, Diagnostics> {
    read_up_to(path, LONGEST_TABLE)
}

fn read_up_to(path: &Path, longest: u64) -> Result<Text, Diagnostics> {
    let name: Arc<str> = path.display().to_string().into();
    let bytes = bytes(path, longest).map_err(|diagnostic| {
        let whole = Span::new(&name, 0, 0);
        std::iter::once(diagnostic.at(whole)).collect::<Diagnostics>()
    })?;
    let text = if is_model(&name) { vensim::decode(&name, &bytes)? } else { decode(&name, &bytes)? };
    if text.trim().is_empty() {
        let empty = Diagnostic::error(code::EMPTY, format!("`{name}` is empty")).at(Span::new(&name, 0, 0));
        return Err(std::iter::once(empty.hint("was it saved? is it the right file?")).collect());
    }
    Ok(Text { file: name, content: text.into(), shipped: false })
}

/// Whether a name is a model's.
pub fn is_model(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mdl"))
}

/// The bytes of a file, at most `longest` of them.
///
/// # Errors
/// It is not there, no file, not readable, or longer.
pub fn bytes(path: &Path, longest: u64) -> Result<Vec<u8>, Diagnostic> {
    let displayed = path.display();
    let there = fs::metadata(path).map_err(|problem| missing(path, &problem))?;
    if there.is_dir() {
        let folder = Diagnostic::error(code::IS_FOLDER, format!("`{displayed}` is a folder, and a file is needed"));
        return Err(match names_in(path).iter().find(|name| is_model(name) || name.ends_with(".toml")) {
            Some(first) => folder.hint(format!("name a file in it, such as `{}`", path.join(first).display())),
            None => folder.hint("name a file in it"),
        });
    }
    if !there.is_file() {
        // To open a pipe waits for whoever writes into it, and a device may never end.
        let message = format!("`{displayed}` is {}, and a file is needed", kind_word(&there));
        return Err(Diagnostic::error(code::NOT_A_FILE, message).hint("save what it gives to a file, and name that"));
    }
    let too_long = || {
        let megabytes = longest >> 20;
        let message = format!("`{displayed}` is longer than {megabytes} MB, the most that is read");
        Diagnostic::error(code::UNREADABLE, message).hint("is it the right file?")
    };
    if there.len() > longest {
        return Err(too_long());
    }
    let unreadable = |problem: io::Error| missing(path, &problem);
    let mut bytes = Vec::new();
    File::open(path).map_err(unreadable)?.take(longest + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    // It may have grown, or be a file of the system's that says no length.
    if bytes.len() as u64 > longest { Err(too_long()) } else { Ok(bytes) }
}

/// What stands there that is neither file nor folder.
fn kind_word(there: &fs::Metadata) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = there.file_type();
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
    }
    let _ = there;
    "a device"
}

fn missing(path: &Path, problem: &io::Error) -> Diagnostic {
    let displayed = path.display();
    if problem.kind() == io::ErrorKind::PermissionDenied {
        return Diagnostic::error(code::UNREADABLE, format!("`{displayed}` may not be read"))
            .hint("change its permissions, or copy it to where you may read it");
    }
    if !matches!(problem.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) {
        return Diagnostic::error(code::UNREADABLE, format!("`{displayed}` could not be read: {problem}"))
            .hint("is the disk or the network there?");
    }
    let missing = Diagnostic::error(code::NO_FILE, format!("there is no file `{displayed}`"));
    let folder = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return missing,
    };
    if !folder.is_dir() {
        return missing.hint(format!("there is no folder `{}`", folder.display()));
    }
    let wanted = path.file_name().unwrap_or_default().to_string_lossy();
    let names = names_in(folder);
    match nearest(&wanted, names.iter().map(String::as_str)) {
        Some(near) => missing.hint(format!("did you mean `{}`?", path.with_file_name(near).display())),
        None if folder == Path::new(".") => missing.hint("no file of this folder has a name like it"),
        None => missing.hint(format!("no file in `{}` has a name like it", folder.display())),
    }
}

/// The files in a folder, in the order of the alphabet.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn decode(name: &Arc<str>, bytes: &[u8]) -> Result<String, Diagnostics> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let Err(problem) = std::str::from_utf8(bytes) else {
        return Ok(String::from_utf8_lossy(bytes).into_owned());
    };
    let offset = problem.valid_up_to();
    let before = String::from_utf8_lossy(&bytes[..offset]);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) + 1;
    let message =
        format!("`{name}` is not UTF-8 text: line {line}, column {column} holds the byte {:#04X}", bytes[offset]);
    let diagnostic = Diagnostic::error(code::NOT_UTF8, message).at(Span::new(name, 0, 0));
    let hint = "save it as UTF-8, or convert it: `iconv -f WINDOWS-1252 -t UTF-8 old.toml > new.toml`";
    Err(std::iter::once(diagnostic.hint(hint)).collect())
}
