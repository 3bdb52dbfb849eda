//! `manifest.json`: what a folder of results was made from, and what is in it.
//!
//! It holds no clock, no folder of the machine and no number of threads, so the same study gives the same bytes.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::report::plans::Origin;
use crate::scenario::{Role, Roles};
use engine::sampling::Sampling;

use super::counted::{Written, sha256};
use super::folder::WRITTEN_BY;
use super::until::Stopped;

/// The form of the manifest and of the tables beside it.
pub const SCHEMA_VERSION: u32 = 1;

/// What a folder of results was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    written_by: String,
    schema_version: u32,
    version: String,
    command: Vec<String>,
    scenario: String,
    title: String,
    draws: u64,
    seed: u64,
    design: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stopping: Option<Stopped>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    roles: Option<Parts>,
    places: Vec<Place>,
    inputs: Vec<Input>,
    outputs: Vec<Output>,
}

/// Which ledger of the tables plays which part, and which service stands for demand as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Parts {
    lead: String,
    ledgers: BTreeMap<String, String>,
}

/// A place of the study, its share of the money that places share, and the fingerprint of its file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    id: String,
    name: String,
    share: f64,
    sha256: String,
}

/// A text that the results depend on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    name: String,
    shipped: bool,
    bytes: u64,
    sha256: String,
}

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    name: String,
    bytes: u64,
    sha256: String,
}

impl Place {
    /// A place by its id, its name, its share and the text of its file.
    pub fn new(id: &str, name: &str, share: f64, text: &str) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), share, sha256: sha256(text.as_bytes()) }
    }
}

impl Input {
    /// A text by its name and whether it is part of the program.
    pub fn new(name: &str, text: &str, shipped: bool) -> Self {
        Self { name: logical(name), shipped, bytes: text.len() as u64, sha256: sha256(text.as_bytes()) }
    }
}

impl Manifest {
    /// The manifest of a study; `command` is what repeats it.
    pub fn new(
        command: Vec<String>,
        scenario: &str,
        title: &str,
        sampling: Sampling,
        places: Vec<Place>,
        inputs: Vec<Input>,
    ) -> Self {
        Self {
            written_by: WRITTEN_BY.to_owned(),
            schema_version: SCHEMA_VERSION,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            command,
            scenario: scenario.to_owned(),
            title: title.to_owned(),
            draws: sampling.draws,
            seed: sampling.seed,
            design: sampling.design.to_string(),
            stopping: None,
            roles: None,
            places,
            inputs,
            outputs: Vec::new(),
        }
    }

    /// The same of a study that was drawn in rounds.
    #[must_use]
    pub fn stopped(self, stopping: Option<Stopped>) -> Self {
        Self { stopping, ..self }
    }

    /// The same of a study whose tables are to be read by what their ledgers are.
    #[must_use]
    pub fn keeping(self, roles: &Roles) -> Self {
        let ledgers = roles.all().map(|(role, id)| (role.name().to_owned(), id.to_owned()));
        Self { roles: Some(Parts { lead: roles.lead().to_owned(), ledgers: ledgers.collect() }), ..self }
    }

    /// Which ledger plays which part, where it says so. A part that this version does not know is passed over.
    pub fn roles(&self) -> Option<Roles> {
        let parts = self.roles.as_ref()?;
        let known = parts.ledgers.iter().filter_map(|(role, id)| Some((Role::named(role)?, id.clone())));
        Some(Roles::new(known, &parts.lead))
    }

    /// The same with a text more that the results depend on.
    #[must_use]
    pub fn also(mut self, input: Input) -> Self {
        self.inputs.push(input);
        self
    }

    /// What repeats it.
    pub fn command(&self) -> &[String] {
        &self.command
    }

    /// The fingerprint that a file of the folder had when it was written.
    pub fn fingerprint(&self, name: &str) -> Option<&str> {
        self.outputs.iter().find(|output| output.name == name).map(|output| output.sha256.as_str())
    }

    /// As text, with the files that were written.
    pub fn text(mut self, written: &[Written]) -> String {
        self.outputs = outputs(written);
        let mut text = serde_json::to_string_pretty(&self).expect("a manifest is plain words and numbers");
        text.push('\n');
        text
    }

    /// What the numbers were made from, to be set against others; `argument` is what was typed.
    pub fn origin(&self, argument: String, folder: bool) -> Origin {
        // The first text is the scenario, in which plans may differ.
        let inputs = self.inputs.iter().skip(1);
        Origin {
            argument,
            draws: self.draws,
            seed: self.seed,
            design: self.design.clone(),
            design_options: None,
            places: self.places.iter().map(|place| (place.id.clone(), place.sha256.clone())).collect(),
            inputs: inputs.map(|input| (input.name.clone(), input.sha256.clone())).collect(),
            folder,
        }
    }
}

/// The files of a folder as a manifest lists them, by name.
pub fn outputs(written: &[Written]) -> Vec<Output> {
    let mut outputs: Vec<Output> = written
        .iter()
        .map(|file| Output { name: file.name.clone(), bytes: file.bytes, sha256: file.sha256.clone() })
        .collect();
    outputs.sort_by(|one, other| one.name.cmp(&other.name));
    outputs
}

/// A name without the folders of the machine: as given where that is from here, else its last part.
pub fn logical(name: &str) -> String {
    let path = Path::new(name);
    match path.file_name() {
        Some(last) if path.has_root() => last.to_string_lossy().into_owned(),
        _ => name.replace('\\', "/"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Input, Manifest, Place, logical};
    use crate::cli::counted::Written;
    use engine::sampling::{Design, Sampling};

    #[test]
    fn a_manifest_says_what_went_in_and_what_came_out() {
        let command = vec!["wellspring".to_owned(), "run".to_owned(), "one".to_owned()];
        let sampling = Sampling { draws: 20, seed: 7, design: Design::LatinHypercube };
        let places = vec![Place::new("here", "Here", 1.0, "")];
        let manifest =
            Manifest::new(command, "one", "One", sampling, places, vec![Input::new("/home/a/m.mdl", "", false)]);
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let written = [Written { name: "demand.csv".to_owned(), bytes: 0, sha256: empty.to_owned() }];
        let text = manifest.text(&written);
        let read: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        assert_eq!(read["written_by"], "wellspring");
        assert_eq!(read["design"], "lhs");
        assert_eq!(read["inputs"][0]["name"], "m.mdl");
        assert_eq!(read["inputs"][0]["sha256"], empty);
        assert_eq!((&read["places"][0]["id"], &read["places"][0]["sha256"]), (&"here".into(), &empty.into()));
        assert_eq!(read["outputs"][0]["name"], "demand.csv");
    }

    #[test]
    fn no_folder_of_the_machine_is_told() {
        assert_eq!(logical("/home/a/b.toml"), "b.toml");
        assert_eq!(logical("studies/b.toml"), "studies/b.toml");
    }
}
