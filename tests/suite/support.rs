//! The shipped study with changes, and the shipped model run on its own at central values.

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use engine::diagnostic::{Diagnostics, render_text};
use engine::kernel::{Integrator, LaneInputs, Outcome, Request, reference};
use engine::model::{Label, Name};
use engine::sampling::Design;
use engine::structure::{Rule, ScalarId, Structure, VariableKind};
use wellspring::appraisal::findings::{Comparator, Findings, Series, SeriesKey};
use wellspring::appraisal::store::InMemory;
use wellspring::evidence::{Library, References};
use wellspring::shipped::{CARDS, DEFLATORS, SCENARIOS, SOURCES, Shipped};
use wellspring::study::{Kept, Overrides, Study, StudyTexts, Text, prepare};

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The shipped text that stands at a path in the tree.
pub fn text(path: &str) -> Text {
    let found = wellspring::shipped::all().find(|shipped| shipped.file == path);
    found.unwrap_or_else(|| panic!("nothing shipped is at {path}")).text()
}

/// The texts of the shipped study, and every card that ships beside those it names, for tests that name others.
pub fn shipped() -> StudyTexts {
    let mut texts = StudyTexts::shipped("one-per-cent").unwrap();
    texts.evidence.retain(|text| !text.file.starts_with("evidence/programmes/"));
    texts.evidence.extend(CARDS.iter().map(Shipped::text));
    texts
}

/// All evidence that ships, read, in the order of the names of its files.
pub fn library() -> Library {
    let mut texts: Vec<Text> = wellspring::shipped::evidence().map(Shipped::text).collect();
    texts.sort_by(|one, other| one.file.cmp(&other.file));
    let (sources, deflators) = (SOURCES.text(), DEFLATORS.text());
    let read = References::read((&sources.file, &sources.content), (&deflators.file, &deflators.content));
    let (references, mut found) = read.unwrap();
    let read = Library::read(references, texts.iter().map(|text| (&text.file, &*text.content)));
    let (library, more) = read.unwrap();
    found.extend(more);
    assert!(found.is_empty(), "{found:?}");
    library
}

/// A text with something else in place of `old`, which must be in it once.
pub fn patched(text: &Text, old: &str, new: &str) -> Text {
    assert_eq!(text.content.matches(old).count(), 1, "{} should have `{old}` once", text.file);
    Text::new(&text.file, &text.content.replace(old, new))
}

/// The shipped study with the strategies given here, each an id and its levers as lines of TOML, and with `general`
/// added to the levers of every run.
pub fn with_strategies(general: &str, strategies: &[(&str, &str)]) -> StudyTexts {
    let mut texts = shipped();
    let whole = &texts.scenario.content;
    let kept = &whole[..whole.find("[[strategy]]").unwrap()];
    let mut scenario = kept.replace("\n[[shares]]", &format!("\n{general}\n\n[[shares]]"));
    for (id, levers) in strategies {
        scenario.push_str(&format!(
            "\n[[strategy]]\nid = \"{id}\"\nname = \"{id}\"\nwhy = \"A test.\"\n[strategy.levers]\n{levers}\n"
        ));
    }
    texts.scenario = Text::new(&texts.scenario.file, &scenario);
    texts
}

/// The shipped study with other programmes and one strategy, which moves 1 % of the budget to nothing in particular.
pub fn with_programmes(programmes: &[&str]) -> StudyTexts {
    let mut texts = shipped();
    let whole = &texts.scenario.content;
    let lines = whole[..whole.find("[levers]").unwrap()].lines().map(|line| {
        if line.starts_with("programmes = ") { format!("programmes = {programmes:?}\n") } else { format!("{line}\n") }
    });
    let strategy = "[[strategy]]\nid = \"plan\"\nname = \"Plan\"\nwhy = \"A test.\"\n\
        [strategy.levers]\n\"Top slice share of the NHS budget\" = 0.01\n";
    texts.scenario = Text::new(&texts.scenario.file, &format!("{}{strategy}", lines.collect::<String>()));
    texts
}

/// A card a second time, under another id.
pub fn with_copy_of_card(texts: &mut StudyTexts, id: &str, copy: &str) {
    let card = texts.evidence.iter().find(|text| text.content.contains(&format!("\nid = \"{id}\""))).unwrap();
    let copied = Text::new(&card.file.replace(id, copy), &card.content.replace(id, copy));
    texts.evidence.push(copied);
}

/// What was found in these texts, as people read it.
fn rendered(texts: &StudyTexts, found: &Diagnostics) -> String {
    render_text(found, &texts.diagnostic_sources(), false)
}

/// A study of these texts with as many draws.
pub fn study(texts: &StudyTexts, draws: u64, design: Design) -> Study {
    let overrides = Overrides { draws: Some(draws), design: Some(design), ..Overrides::default() };
    match prepare(texts, &overrides) {
        Ok((study, _)) => study,
        Err(found) => panic!("{}", rendered(texts, &found)),
    }
}

/// The texts of a study of one place and some programmes, in which nothing is decided: shares are to be set by tests.
pub fn of_place(place: &str, programmes: &[&str]) -> StudyTexts {
    let mut texts = shipped();
    texts.evidence[1] = text(&format!("evidence/places/{place}.toml"));
    let named: Vec<String> = programmes.iter().map(|id| format!("\"{id}\"")).collect();
    let scenario = format!(
        "schema = 1\nname = \"test\"\ntitle = \"A test\"\nquestion = \"A test.\"\nsource = \"A test.\"\n\
         model = \"prevention\"\nplace = \"{place}\"\nprogrammes = [{}]\nhorizon_years = 20\ndraws = 1\n\
         seed = 2025\ndesign = \"random\"\n[discounting]\ncost = 0.035\nhealth = 0.015\n[values]\nqaly = [70000]\n\
         [[strategy]]\nid = \"plan\"\nname = \"A plan\"\nwhy = \"A test.\"\n[strategy.levers]\n\
         \"Ring fence strength\" = 1\n",
        named.join(", ")
    );
    texts.scenario = Text::new(&texts.scenario.file, &scenario);
    texts
}

/// What a study of these texts finds in as many draws.
pub fn findings(texts: &StudyTexts, draws: u64) -> Findings {
    study(texts, draws, Design::LatinHypercube).run(&|_| {})
}

/// The names of all shipped scenarios, sorted.
pub fn scenarios() -> Vec<String> {
    let mut names: Vec<String> = SCENARIOS.iter().map(|shipped| shipped.name.to_owned()).collect();
    names.sort();
    assert!(names.len() >= 20);
    names
}

/// The texts of a shipped scenario.
pub fn scenario(name: &str) -> StudyTexts {
    StudyTexts::shipped(name).unwrap()
}

/// The same for two of its places alone, for each place takes long; a scenario of one place is left as it is.
fn of_two_places(name: &str) -> StudyTexts {
    let mut texts = scenario(name);
    let Some(line) = texts.scenario.content.lines().find(|line| line.starts_with("places = [")).map(str::to_owned)
    else {
        return texts;
    };
    let places: Vec<&str> = line.split('"').skip(1).step_by(2).take(2).collect();
    texts.scenario = patched(&texts.scenario, &line, &format!("places = {places:?}"));
    let kept = |own: &Text| !own.file.starts_with("evidence/places/") || places.iter().any(|id| own.file.contains(id));
    texts.evidence.retain(kept);
    texts
}

/// What a shipped scenario finds in very few draws, and the draws of the levels of its strategies.
pub struct Ran {
    pub name: String,
    pub findings: Findings,
    pub levels: Kept,
}

/// Draws of each run of [`every_scenario`].
pub const FEW: u64 = 2;

/// Every shipped scenario run once for all tests that ask of each of them, in as many threads as the tests have.
pub fn every_scenario() -> &'static [Ran] {
    static RAN: OnceLock<Vec<Ran>> = OnceLock::new();
    RAN.get_or_init(|| {
        let run = |name: &String| {
            let study = study(&of_two_places(name), FEW, Design::LatinHypercube);
            let levels = |key: &SeriesKey| key.strategy.is_some() && key.comparator == Comparator::Level;
            let (findings, levels) = study.run_keeping(&levels, &InMemory, &|_| {}).unwrap();
            Ran { name: name.clone(), findings, levels }
        };
        scenarios().iter().map(run).collect()
    })
}

/// The series of a strategy against a comparator.
pub fn series_of(found: &Findings, strategy: usize, comparator: Comparator) -> impl Iterator<Item = &Series> {
    found
        .series
        .iter()
        .filter(move |series| series.key.strategy == Some(strategy) && series.key.comparator == comparator)
}

/// Whether all draws of all years are exactly this.
pub fn is_always(series: &Series, value: f64) -> bool {
    // A mean without spread is the number of every draw.
    series.years.iter().all(|year| year.mean.value == value && year.mean.error == 0.0)
}

/// What a lever over time gives each model year, at its beginning and at its end.
type YearlyPath = Vec<(f64, f64)>;

/// The shipped model with the central values of the shipped study, to be changed and run.
#[derive(Clone)]
pub struct Central {
    pub structure: Structure,
    paths: Vec<(ScalarId, YearlyPath)>,
    integrator: Integrator,
}

/// The portfolio of these tests, which the shipped one may leave: a share for each programme, all of the time.
const PORTFOLIO: [(&str, f64); 9] = [
    ("H01", 0.24),
    ("H04", 0.035),
    ("E01", 0.2),
    ("E04", 0.035),
    ("E08", 0.01),
    ("M01", 0.22),
    ("M06", 0.03),
    ("M07", 0.05),
    ("L08", 0.18),
];

/// The strategy of the shipped scenario on which tests are built: 1 % from the base, with no ramp and no pressure.
pub const PLAN: [(&str, f64); 4] = [
    ("Top slice share of the NHS budget", 0.01),
    ("Share of top slice from growth", 0.0),
    ("Ring fence strength", 1.0),
    ("Share of realised savings reinvested", 0.0),
];

impl Central {
    /// The central run that does nothing: all levers but the portfolio are as the model has them.
    pub fn new() -> Self {
        static SHIPPED: OnceLock<Structure> = OnceLock::new();
        let structure = SHIPPED.get_or_init(|| study(&shipped(), 1, Design::Random).places.remove(0).structure);
        let mut central = Self::from(structure.clone());
        for (programme, share) in PORTFOLIO {
            central.set(&format!("Programme share[{programme}]"), share);
        }
        central
    }

    /// The run of any structure whose constants have their values.
    pub fn from(structure: Structure) -> Self {
        Self { structure, paths: Vec::new(), integrator: Integrator::Euler }
    }

    /// The central run that does nothing, with these programmes in the place of the shipped ones and no share for any.
    pub fn of(programmes: &[&str]) -> Self {
        Self::of_texts(&with_programmes(programmes))
    }

    /// The central run that does nothing, of a study of these texts.
    pub fn of_texts(texts: &StudyTexts) -> Self {
        Self::from(study(texts, 1, Design::Random).places.remove(0).structure)
    }

    /// The central run of the plan that moves a share of the budget out of the base, wholly protected, to one or several
    /// programmes, each with its part of the money.
    pub fn plan_of(share: f64, programmes: &[(&str, f64)]) -> Self {
        let ids: Vec<&str> = programmes.iter().map(|(id, _)| *id).collect();
        let mut central = Self::of(&ids);
        central.finance(share, programmes);
        central
    }

    /// Moves a share of the budget out of the base, wholly protected, to programmes.
    pub fn finance(&mut self, share: f64, programmes: &[(&str, f64)]) -> &mut Self {
        for (label, value) in PLAN {
            self.set(label, value);
        }
        self.set("Top slice share of the NHS budget", share);
        for (id, part) in programmes {
            self.set(&format!("Programme share[{id}]"), *part);
        }
        self
    }

    /// The same run with no effects: its twin.
    pub fn twin(&self) -> Self {
        let mut twin = self.clone();
        twin.set("Effects on", 0.0);
        twin
    }

    /// The same run told what its twin has cost by the beginning of each year, so that savings become cash.
    pub fn told_by_its_twin(&self) -> Self {
        let twin = self.twin().save_every(1.0).run();
        let mut told = self.clone();
        told.set("Twin known", 1.0);
        for (scalar, label) in twin.all() {
            if let Some(payer) = label.strip_prefix("Cumulative service cost[") {
                told.yearly(&format!("Twin cumulative service cost[{payer}"), twin.scalar(scalar));
            }
        }
        told
    }

    /// Another step of time, which must divide a year.
    pub fn step(&mut self, years: f64) -> &mut Self {
        self.structure.time.step = years;
        self.set("TIME STEP", years)
    }

    /// Runs by the classical Runge-Kutta rule.
    pub fn runge_kutta(&mut self) -> &mut Self {
        self.integrator = Integrator::Rk4;
        self
    }

    /// The central run of the plan that moves 1 % of the budget out of the base, wholly protected.
    pub fn plan() -> Self {
        let mut central = Self::new();
        for (label, value) in PLAN {
            central.set(label, value);
        }
        central
    }

    /// The scalars that a label means: `Name`, `Name[Q1]` with elements or ranges for each subscript, or fewer elements
    /// than subscripts, the others then running over all.
    pub fn scalars(&self, label: &str) -> Vec<ScalarId> {
        scalars(&self.structure, label)
    }

    /// Sets constants.
    pub fn set(&mut self, label: &str, value: f64) -> &mut Self {
        for scalar in self.scalars(label) {
            let rule = &mut self.structure.scalars[scalar.0 as usize].rule;
            assert!(matches!(rule, Rule::Constant(_)), "{label} is no constant");
            *rule = Rule::Constant(value);
        }
        self
    }

    /// Sets one constant.
    pub fn set_scalar(&mut self, scalar: ScalarId, value: f64) -> &mut Self {
        let rule = &mut self.structure.scalars[scalar.0 as usize].rule;
        assert!(matches!(rule, Rule::Constant(_)), "scalar {} is no constant", scalar.0);
        *rule = Rule::Constant(value);
        self
    }

    /// Multiplies constants.
    pub fn scale(&mut self, label: &str, factor: f64) -> &mut Self {
        for scalar in self.scalars(label) {
            match &mut self.structure.scalars[scalar.0 as usize].rule {
                Rule::Constant(value) => *value *= factor,
                _ => panic!("{label} is no constant"),
            }
        }
        self
    }

    /// The value of a constant.
    pub fn constant(&self, label: &str) -> f64 {
        let found = self.scalars(label);
        assert_eq!(found.len(), 1, "{label} has {} elements", found.len());
        match self.structure.scalars[found[0].0 as usize].rule {
            Rule::Constant(value) => value,
            _ => panic!("{label} is no constant"),
        }
    }

    /// Holds a constant at one value in each model year, the first being the base year.
    pub fn yearly(&mut self, label: &str, values: &[f64]) -> &mut Self {
        let path: YearlyPath = values.iter().map(|value| (*value, *value)).collect();
        for scalar in self.scalars(label) {
            self.paths.push((scalar, path.clone()));
        }
        self
    }

    /// Leads a constant through each model year from its beginning to its end, the first being the base year.
    pub fn through(&mut self, label: &str, years: &[(f64, f64)]) -> &mut Self {
        for scalar in self.scalars(label) {
            self.paths.push((scalar, years.to_vec()));
        }
        self
    }

    /// Ends the run then.
    pub fn until(&mut self, time: f64) -> &mut Self {
        self.structure.time.last = time;
        self
    }

    /// Rows are kept this often.
    pub fn save_every(&mut self, years: f64) -> &mut Self {
        self.structure.time.save_every = years;
        self
    }

    /// Runs it, by Euler's rule unless told otherwise.
    pub fn run(&self) -> CentralRun {
        let axis = self.structure.time;
        let times: Vec<f64> = axis.saved_steps().iter().map(|step| axis.at(*step)).collect();
        let shown = self.structure.variables.iter().filter(|v| !v.hidden && v.kind != VariableKind::Lookup);
        let scalars: Vec<ScalarId> =
            shown.flat_map(|v| (0..v.count as u32).map(|offset| ScalarId(v.first.0 + offset))).collect();
        let years = self.paths.iter().map(|(_, path)| path.len()).max().unwrap_or(0);
        let mut paths = Vec::new();
        for (_, path) in &self.paths {
            for year in 0..years {
                let (begin, end) = path.get(year).or(path.last()).copied().unwrap();
                paths.extend([begin, end]);
            }
        }
        let request = Request {
            varying: Vec::new(),
            driven: self.paths.iter().map(|(scalar, _)| *scalar).collect(),
            outcomes: scalars.iter().map(|scalar| Outcome::Level(*scalar)).collect(),
            report_times: times.clone(),
            integrator: self.integrator,
        };
        let inputs = LaneInputs { lanes: 1, constants: &[], paths: &paths, years, draws: &[] };
        let values = reference::run(&self.structure, &request, inputs);
        let place = scalars.iter().enumerate().map(|(place, scalar)| (*scalar, place)).collect();
        CentralRun { structure: self.structure.clone(), times, place, values }
    }
}

/// The scalars that a label means.
pub fn scalars(structure: &Structure, label: &str) -> Vec<ScalarId> {
    let parsed = Label::parse(label).unwrap_or_else(|_| panic!("{label} is no label"));
    let (_, variable) =
        structure.variable(&parsed.constant).unwrap_or_else(|| panic!("the model has no `{}`", parsed.constant));
    let whole = parsed.elements.len() == variable.dimensions.len();
    let mut wanted: Vec<Option<&Name>> = vec![None; variable.dimensions.len()];
    for (place, name) in parsed.elements.iter().enumerate() {
        let slot = if whole {
            place
        } else {
            variable
                .dimensions
                .iter()
                .position(|dimension| dimension.elements.contains(name))
                .unwrap_or_else(|| panic!("`{label}` names no element"))
        };
        let dimension = &variable.dimensions[slot];
        if dimension.elements.contains(name) {
            wanted[slot] = Some(name);
        } else {
            assert_eq!(&dimension.range, name, "`{label}` names no element");
        }
    }
    (0..variable.count as u32)
        .map(|offset| ScalarId(variable.first.0 + offset))
        .filter(|scalar| {
            let elements = structure.elements(*scalar);
            elements.iter().zip(&wanted).all(|(element, wanted)| wanted.is_none_or(|name| name == *element))
        })
        .collect()
}

/// All variables of a central run at the times kept.
pub struct CentralRun {
    pub structure: Structure,
    pub times: Vec<f64>,
    place: HashMap<ScalarId, usize>,
    values: Vec<f64>,
}

impl CentralRun {
    /// One scalar over time.
    pub fn scalar(&self, scalar: ScalarId) -> &[f64] {
        let place = self.place[&scalar];
        &self.values[place * self.times.len()..(place + 1) * self.times.len()]
    }

    /// What a label means, summed over its elements, over time.
    pub fn sum(&self, label: &str) -> Vec<f64> {
        let mut sum = vec![0.0; self.times.len()];
        for scalar in scalars(&self.structure, label) {
            sum.iter_mut().zip(self.scalar(scalar)).for_each(|(sum, value)| *sum += value);
        }
        sum
    }

    /// What a label means, summed over its elements, at a time that is kept.
    pub fn at(&self, label: &str, time: f64) -> f64 {
        self.sum(label)[self.row(time)]
    }

    /// The row of a time.
    pub fn row(&self, time: f64) -> usize {
        self.times.iter().position(|own| (own - time).abs() < 1e-9).unwrap_or_else(|| panic!("{time} is not kept"))
    }

    /// Every scalar shown, with its label.
    pub fn all(&self) -> impl Iterator<Item = (ScalarId, String)> {
        let mut all: Vec<ScalarId> = self.place.keys().copied().collect();
        all.sort();
        all.into_iter().map(|scalar| (scalar, self.structure.label(scalar)))
    }
}
