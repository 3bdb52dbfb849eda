//! Whether two plans were made from the same draws, so that they may be set against each other draw by draw.
//!
//! With common random numbers the error of a difference is that of the differences, mostly far below that of either plan
//! (Law 2015, Simulation Modeling and Analysis, 11.2).

use engine::sampling::DesignOptions;

/// What the numbers of a plan were made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// What was typed, without the strategy.
    pub argument: String,
    /// Draws.
    pub draws: u64,
    /// Where chance begins.
    pub seed: u64,
    /// How draws are spread.
    pub design: String,
    /// Correlations, leading dimensions and replicates, if it was run here.
    pub design_options: Option<DesignOptions>,
    /// Ids and fingerprints of the places.
    pub places: Vec<(String, String)>,
    /// Names and fingerprints of the texts that it depends on, without the scenario.
    pub inputs: Vec<(String, String)>,
    /// Whether it is a folder of results, which holds no draws.
    pub folder: bool,
}

/// Why two plans cannot be paired, all reasons; none if they can.
///
/// Programmes that only one of them has are a part of that plan; what both name must be the same text.
pub fn unlike(one: &Origin, other: &Origin) -> Vec<String> {
    let mut reasons = Vec::new();
    let mut draws = Vec::new();
    if one.seed != other.seed {
        draws.push(format!("seed {} against {}", one.seed, other.seed));
    }
    if one.draws != other.draws {
        draws.push(format!("{} of them against {}", one.draws, other.draws));
    }
    if one.design != other.design {
        draws.push(format!("design {} against {}", one.design, other.design));
    }
    if one.design_options.is_some() && other.design_options.is_some() && one.design_options != other.design_options {
        draws.push("they are correlated or spread in other ways".to_owned());
    }
    if !draws.is_empty() {
        reasons.push(format!("the draws differ: {}", draws.join(", ")));
    }
    let ids = |origin: &Origin| origin.places.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>().join(" with ");
    if ids(one) != ids(other) {
        reasons.push(format!("the places differ: {} against {}", ids(one), ids(other)));
    } else if one.places != other.places {
        reasons.push(format!("the figures of {} differ", ids(one)));
    }
    let models = |origin: &Origin| -> Vec<String> {
        origin.inputs.iter().filter(|(name, _)| name.ends_with(".mdl")).map(|(_, print)| print.clone()).collect()
    };
    if models(one) != models(other) {
        reasons.push("the models differ".to_owned());
    }
    let place_prints = |print: &String| one.places.iter().any(|(_, known)| known == print);
    let changed: Vec<&str> = one
        .inputs
        .iter()
        .filter(|(name, print)| !name.ends_with(".mdl") && !place_prints(print))
        .filter(|(name, print)| other.inputs.iter().any(|(also, theirs)| also == name && theirs != print))
        .map(|(name, _)| name.as_str())
        .collect();
    if let Some(first) = changed.first() {
        let more = if changed.len() > 1 { format!(" and {} more", changed.len() - 1) } else { String::new() };
        reasons.push(format!("the evidence differs: `{first}`{more}"));
    }
    match (one.folder, other.folder) {
        (true, true) => reasons.push("the folders hold no draws".to_owned()),
        (true, false) | (false, true) => {
            let folder = if one.folder { one } else { other };
            reasons.push(format!("the folder `{}` holds no draws", folder.argument));
        }
        (false, false) => {}
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::{Origin, unlike};

    fn origin() -> Origin {
        let pair = |name: &str, print: &str| (name.to_owned(), print.to_owned());
        Origin {
            argument: "one".to_owned(),
            draws: 20,
            seed: 1,
            design: "lhs".to_owned(),
            design_options: None,
            places: vec![pair("england", "e")],
            inputs: vec![pair("model.mdl", "m"), pair("H01", "h"), pair("england", "e")],
            folder: false,
        }
    }

    #[test]
    fn the_same_draws_of_the_same_evidence_are_paired() {
        let mut other = origin();
        other.inputs.retain(|(name, _)| name != "H01");
        assert!(unlike(&origin(), &other).is_empty());
    }

    #[test]
    fn every_reason_is_listed() {
        let mut other = origin();
        (other.seed, other.draws, other.folder) = (2, 30, true);
        other.places[0].0 = "leeds".to_owned();
        other.inputs[0].1 = "n".to_owned();
        other.inputs[1].1 = "i".to_owned();
        assert_eq!(
            unlike(&origin(), &other),
            [
                "the draws differ: seed 1 against 2, 20 of them against 30",
                "the places differ: england against leeds",
                "the models differ",
                "the evidence differs: `H01`",
                "the folder `one` holds no draws",
            ]
        );
    }
}
