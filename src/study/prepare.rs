//! Texts read, checked against each other, and made ready to run.

use std::borrow::Cow;
use std::sync::Arc;

use crate::appraisal::series::Terms;
use crate::evidence::{EvidenceFile, EvidenceKind, Library, References, Selection};
use crate::quantity::{FinancialYear, Pounds};
use crate::scenario::{Accounts, Scenario};
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::ensemble::{Lap, Stage, Unwatched, Watch};
use engine::notation::vensim;
use engine::sampling::Sampling;
use engine::structure::build;

use super::checks;
use super::experiment;
use super::place::{self, BuiltPlace, PreparedPlace};
use super::plausible;
use super::prices::{self, PriceLevels};
use super::reach;
use super::sharing;
use super::texts::{Overrides, StudyTexts};
use super::years;

/// A study that is ready to run: nothing in it can be wrong any more.
#[derive(Debug)]
pub struct Study {
    /// What is decided.
    pub scenario: Scenario,
    /// Draws, seed and design, after what the command line changed.
    pub sampling: Sampling,
    /// Programme id, name and domain, in the order of the scenario.
    pub programmes: Vec<(String, String, String)>,
    /// The places, one at least, in the order of the scenario.
    pub places: Vec<PreparedPlace>,
    /// The evidence it was made ready with, and what that refers to, in the order of its texts.
    pub library: Arc<Library>,
    /// What the appraisal reads from the model.
    pub accounts: Arc<Accounts>,
    warnings: Warnings,
    pub(super) terms: Terms,
    pub(super) first_year: i32,
    /// The year whose prices are the real ones.
    pub(super) base_year: FinancialYear,
}

/// What is to be said of a study that can be run all the same.
#[derive(Debug)]
struct Warnings {
    /// Of its texts.
    texts: Diagnostics,
    /// Of the experiments that its scenario asks for.
    experiments: Diagnostics,
}

/// Reads all texts and checks them against each other.
///
/// # Errors
/// Everything that is wrong with any of them, all at once so far as one can be judged without another. Warnings come beside
/// the study.
pub fn prepare(texts: &StudyTexts, overrides: &Overrides) -> Result<(Study, Diagnostics), Diagnostics> {
    prepare_watched(texts, overrides, &Unwatched)
}

/// The same; `watch` is told how long it took to read the texts, and to bind and compile the model.
///
/// # Errors
/// As those of [`prepare`].
pub fn prepare_watched(
    texts: &StudyTexts,
    overrides: &Overrides,
    watch: &dyn Watch,
) -> Result<(Study, Diagnostics), Diagnostics> {
    let mut lap = Lap::begin(watch);
    let mut found = Diagnostics::new();
    let read = read(texts, &mut found);
    let Some(Read { library, mut scenario, accounts, model, model_wrong }) = read else { return Err(found) };
    if let Some(replicates) = overrides.replicates {
        scenario.design.options.replicates = replicates;
    }
    scenario.with_finance(&accounts.finance, &mut found);
    scenario.with_budget(accounts.budget_lines.as_ref(), &library, &mut found);
    let selections = match scenario.select(&library) {
        Ok(selections) => selections,
        Err(errors) => {
            found.extend(errors);
            return Err(found);
        }
    };
    let first_year =
        years::first(&scenario, &accounts, &texts.accounts.file, &library.references.deflators, &mut found);
    let levels = PriceLevels::new(&scenario, first_year, &library.references.deflators);
    let (price_base, real_level) = prices::base(&scenario, accounts.base_year, &levels, &mut found);
    // What is wrong with the scenario alone does not keep the rest from being checked; what is wrong with the model would be
    // told again of everything that uses it.
    if model_wrong {
        return Err(found);
    }
    years::baselines(&scenario, &accounts, &selections, &mut found);
    lap.end(Stage::Reading);
    // Each place reports by itself, so that what is wrong with the model is not said once for every place.
    let mut by_place = Vec::new();
    let mut built = Vec::new();
    for selection in &selections {
        let mut bindings = selection.bindings(&accounts.ranges.programme.value);
        bindings.values.extend(scenario.bindings().values);
        match build(&model, &bindings) {
            Ok((structure, warnings)) => {
                by_place.push(warnings);
                built.push(BuiltPlace { selection, bindings, structure });
            }
            Err(errors) => {
                // Without the numbers that are to blame the rest can be checked all the same.
                let mut left = bindings;
                left.values.retain(|one| !errors.iter().any(|error| error.span == one.provenance.span));
                if let Ok((structure, _)) = build(&model, &left) {
                    built.push(BuiltPlace { selection, bindings: left, structure });
                }
                by_place.push(errors);
            }
        }
    }
    if built.len() < selections.len() {
        found.extend(once(by_place));
        return Err(found);
    }
    let shares = sharing::shares(&scenario, &accounts, &built, &mut found);
    let sampling = Sampling {
        draws: overrides.draws.unwrap_or(scenario.sampling.draws),
        seed: overrides.seed.unwrap_or(scenario.sampling.seed),
        design: overrides.design.unwrap_or(scenario.sampling.design),
    };
    let country = country(&accounts, texts, &library);
    let mut places = Vec::new();
    for (built, share) in built.into_iter().zip(&shares) {
        let mut here = Diagnostics::new();
        let Selection { place, cards, .. } = built.selection;
        let remarks = plausible::place(place, country.as_deref(), &accounts);
        let of_cards = cards.iter().flat_map(|card| plausible::card(card, &accounts));
        remarks.into_iter().chain(of_cards).for_each(|remark| here.push(remark.diagnostic()));
        plausible::finance(&scenario, place, &accounts).into_iter().for_each(|remark| here.push(remark));
        cards.iter().for_each(|card| reach::lacks(&built.structure, card, &accounts, &mut here));
        places.extend(place::prepare(built, share, &scenario, &accounts, sampling, &mut here));
        by_place.push(here);
    }
    found.extend(once(by_place));
    checks::plan_money(&accounts, &mut found);
    let mut judged = found.clone();
    checks::divided(&scenario.design, &sampling, &mut judged);
    checks::drawn(&scenario.design, &places, &mut judged);
    if judged.has_errors() {
        return Err(judged);
    }
    lap.end(Stage::Compiling);
    let levels = PriceLevels::new(&scenario, first_year, &library.references.deflators);
    if real_level != 1.0 {
        scenario.values.repriced(real_level);
    }
    let terms = terms(&scenario, first_year, &levels, real_level);
    let mut study = Study {
        programmes: programmes(&selections),
        sampling,
        places,
        terms,
        first_year: first_year.begins(),
        base_year: price_base,
        scenario,
        library: Arc::new(library),
        accounts: Arc::new(accounts),
        warnings: Warnings { texts: found, experiments: Diagnostics::new() },
    };
    study.warnings.experiments.extend(experiment::check_sweep(&study));
    study.warnings.experiments.extend(experiment::check_stopping(&study));
    study.warnings().into_result(study)
}

impl Study {
    /// What is to be said of it, though it can be run: of its texts, of its draws, of the experiments it asks for.
    pub fn warnings(&self) -> Diagnostics {
        let mut found = self.warnings.texts.clone();
        found.extend(self.about_draws());
        found.extend(self.warnings.experiments.clone());
        found
    }

    /// Takes other draws: so many, in so many repetitions of the design. Nothing is read or compiled anew, and the study is the
    /// same, to the bit of every number, as one that was made ready with these.
    ///
    /// # Errors
    /// The draws do not divide into the repetitions; the study stays as it was.
    pub fn redraw(&mut self, draws: u64, replicates: u64) -> Result<(), Diagnostics> {
        let sampling = Sampling { draws, ..self.sampling };
        let mut design = self.scenario.design.clone();
        design.options.replicates = replicates;
        let mut found = Diagnostics::new();
        checks::divided(&design, &sampling, &mut found);
        if found.has_errors() {
            return Err(found);
        }
        for place in &mut self.places {
            place.draws.redraw(sampling, &design.options);
        }
        self.sampling = sampling;
        self.scenario.design = design;
        Ok(())
    }

    fn about_draws(&self) -> Diagnostics {
        let mut found = Diagnostics::new();
        checks::divided(&self.scenario.design, &self.sampling, &mut found);
        let uncertain = self.places.iter().flat_map(|place| &place.uncertain);
        let decided = self.places.iter().all(|place| place.draws.scalars.is_empty());
        checks::identical(uncertain, decided, &self.sampling, &self.scenario.model.span, &mut found);
        found
    }
}

/// The shipped country that the accounts compare places with. It is read once, though it may be a place of the study too. What is
/// wrong with its file is told where that is checked.
fn country<'l>(accounts: &Accounts, texts: &StudyTexts, library: &'l Library) -> Option<Cow<'l, EvidenceFile>> {
    let text = plausible::country(accounts)?.text();
    match texts.evidence.iter().position(|one| *one == text) {
        Some(read) => library.files().get(read).map(Cow::Borrowed),
        None => {
            EvidenceFile::read(&text.file, &text.content, &library.references).ok().map(|(file, _)| Cow::Owned(file))
        }
    }
}

/// What was found in several places, each thing once.
fn once(by_place: Vec<Diagnostics>) -> Diagnostics {
    let mut found: Vec<Diagnostic> = Vec::new();
    for one in by_place.iter().flat_map(Diagnostics::iter) {
        if !found.contains(one) {
            found.push(one.clone());
        }
    }
    found.into_iter().collect()
}

/// Programme id, name and domain: the same in every place.
fn programmes(selections: &[Selection<'_>]) -> Vec<(String, String, String)> {
    let cards = selections.first().map_or(&[][..], |selection| &selection.cards);
    cards
        .iter()
        .map(|card| {
            let domain = match &card.kind {
                EvidenceKind::Card(card) => card.domain.clone(),
                _ => String::new(),
            };
            (card.id.clone(), card.name.clone(), domain)
        })
        .collect()
}

struct Read {
    library: Library,
    scenario: Scenario,
    accounts: Accounts,
    model: engine::model::Model,
    /// Whether there is something wrong with the model's text.
    model_wrong: bool,
}

/// Reads every text, so that the mistakes of all come at once; `None` if something that the rest needs could not be read.
fn read(texts: &StudyTexts, found: &mut Diagnostics) -> Option<Read> {
    let (model, problems) = vensim::read(&texts.model.file, &texts.model.content);
    let model_wrong = problems.has_errors();
    found.extend(problems);
    let accounts = keep(Accounts::read(&texts.accounts.file, &texts.accounts.content), found);
    let sources = (&texts.sources.file, texts.sources.content.as_ref());
    let deflators = (&texts.deflators.file, texts.deflators.content.as_ref());
    let references = keep(References::read(sources, deflators), found)?;
    let (scenario, wrong) = Scenario::read_partly(&texts.scenario.file, &texts.scenario.content, &references);
    found.extend(wrong);
    let evidence = texts.evidence.iter().map(|text| (&text.file, text.content.as_ref()));
    let library = keep(Library::read(references, evidence), found);
    Some(Read { library: library?, scenario: scenario?, accounts: accounts?, model, model_wrong })
}

fn keep<T>(read: Result<(T, Diagnostics), Diagnostics>, found: &mut Diagnostics) -> Option<T> {
    match read {
        Ok((value, warnings)) => {
            found.extend(warnings);
            Some(value)
        }
        Err(errors) => {
            found.extend(errors);
            None
        }
    }
}

fn terms(scenario: &Scenario, first_year: FinancialYear, levels: &PriceLevels<'_>, real_level: f64) -> Terms {
    let horizon = scenario.horizon_years as usize;
    let level = |year: i32| levels.of(first_year.later(year)).unwrap_or(1.0) / real_level;
    let price_level = (0..horizon as i32).map(level).collect();
    Terms {
        horizon,
        strategies: scenario.strategies.len(),
        price_level,
        price_level_before: level(-1),
        real_level,
        cost_factors: crate::appraisal::discount::discount_factors(scenario.cost_discounting.get(), horizon),
        health_factors: crate::appraisal::discount::discount_factors(scenario.health_discounting.get(), horizon),
        cost_to_come: crate::appraisal::discount::factor_to_come(scenario.cost_discounting.get(), horizon),
        health_to_come: crate::appraisal::discount::factor_to_come(scenario.health_discounting.get(), horizon),
        qaly_values: scenario.values.qaly.iter().map(|Pounds(value)| *value).collect(),
        marginal_costs: scenario.values.displaced_qaly.iter().map(|Pounds(value)| *value).collect(),
        fairness: scenario.fairness.clone(),
    }
}
