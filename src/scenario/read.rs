//! A scenario from its text.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::evidence::document::{Fields, Located, Reading};
use crate::evidence::{Figure, References};
use crate::explain::scenario as code;
use crate::quantity::{DiscountRate, FinancialYear};
use engine::diagnostic::Diagnostics;
use engine::model::{Integration, Name};
use engine::sampling::{Design, Sampling};

use super::budget_line::BudgetLine;
use super::decide::Decide;
use super::design;
use super::fairness::Fairness;
use super::lever::Levers;
use super::run_off::{LONGEST_RUN_OFF, RUN_OFF_YEARS};
use super::sensitivity::SensitivityAsked;
use super::shares::{self, SharesRule};
use super::sharing::Sharing;
use super::stopping::StoppingAsked;
use super::sweep::Sweep;
use super::values::Values;
use super::{CODES, Scenario, Strategy};

/// The model's own last year.
const LONGEST_HORIZON: i64 = 20;

/// More draws than this are a slip of the pen: a study of so many would run for months.
const MOST_DRAWS: i64 = 1_000_000_000;

pub(super) fn scenario(
    file: &Arc<str>,
    content: &str,
    references: &References,
) -> Result<(Scenario, Diagnostics), Diagnostics> {
    match partly(file, content, references) {
        (Some(scenario), found) => found.into_result(scenario),
        (None, found) => Err(found),
    }
}

/// The scenario without what cannot be read of it, as far as there is one then, and everything that is wrong with it.
pub(super) fn partly(file: &Arc<str>, content: &str, references: &References) -> (Option<Scenario>, Diagnostics) {
    let mut reading = Reading::new(file, &CODES);
    let scenario = read(&mut reading, content, references);
    if let Some(scenario) = &scenario {
        refuse_both(&mut reading, scenario);
        // A lever that could not be read would be missed in the sum.
        if !reading.has_errors() {
            shares::check(&mut reading, scenario);
        }
    }
    (scenario, reading.finish())
}

fn read(reading: &mut Reading, content: &str, references: &References) -> Option<Scenario> {
    let root = reading.parse(content)?;
    let whole = reading.span(0..0);
    let mut fields = Fields::new(&root, whole, "the scenario");
    fields.schema(reading);
    let name = fields.needed_name(reading, "name", "name = \"one-per-cent\"");
    let title = fields.needed_name(reading, "title", "title = \"One per cent to prevention\"");
    let question = fields.needed_text(reading, "question", "question = \"\"\"why it is asked\"\"\"");
    let source = fields.needed_text(reading, "source", "source = \"where the question comes from\"");
    let model = fields.needed_text(reading, "model", "model = \"prevention\"");
    let places = read_places(reading, &mut fields);
    let sharing = read_sharing(reading, &mut fields, places.as_ref());
    let programmes = read_programmes(reading, &mut fields);

    let horizon_years =
        within(reading, &mut fields, "horizon_years", 1..=LONGEST_HORIZON, "horizon_years = 10, from 1 to 20");
    let start_year = fields.text(reading, "start_year").and_then(|label| read_year(reading, label, "start_year"));
    let price_base = fields.text(reading, "price_base").and_then(|label| read_year(reading, label, "price_base"));
    let draws = within(reading, &mut fields, "draws", 1..=MOST_DRAWS, "draws = 1000, at least 1");
    let seed = within(reading, &mut fields, "seed", 0..=i64::MAX, "seed = 2025, a whole number, not negative");
    fields.need(reading, "design", "design = \"lhs\" (Latin hypercube), \"random\" or \"sobol\"");
    let designs = [("lhs", Design::LatinHypercube), ("random", Design::Random), ("sobol", Design::Sobol)];
    let design = fields.word(reading, "design", &designs);
    let options = design::read(reading, &mut fields);
    let stopping = fields
        .table(reading, "stopping", "the rule for stopping")
        .map(|fields| StoppingAsked::read(reading, fields, draws));
    let integrators = [("euler", Integration::Euler), ("rk4", Integration::RungeKutta4)];
    let integration = fields.word(reading, "integrator", &integrators);
    let horizon = horizon_years.and_then(|years| u32::try_from(years).ok());

    fields.need(reading, "discounting", "[discounting] with cost = 0.035 and health = 0.015");
    let discounting =
        fields.table(reading, "discounting", "`discounting`").and_then(|fields| read_discounting(reading, fields));
    fields.need(reading, "values", "[values] with qaly = [70000, 25000, 13500]");
    let values =
        fields.table(reading, "values", "`values`").and_then(|fields| Values::read(reading, fields, references));
    let fairness = fields.table(reading, "equity", "`equity`").map(|fields| Fairness::read(reading, fields));

    let run_off_years = read_run_off(reading, &mut fields);
    let finance = fields
        .table(reading, "finance", "`finance`")
        .map(|fields| Levers::read(reading, &fields, horizon))
        .unwrap_or_default();

    let budget = fields.tables(reading, "budget_line", "the line of the budget");
    let budget = budget.into_iter().filter_map(|fields| BudgetLine::read(reading, fields, references)).collect();
    let levers = fields
        .table(reading, "levers", "`levers`")
        .map(|fields| Levers::read(reading, &fields, horizon))
        .unwrap_or_default();
    let uncertainties = fields
        .table(reading, "uncertainties", "`uncertainties`")
        .map(|fields| read_uncertainties(reading, &fields, references))
        .unwrap_or_default();
    let strategies = read_strategies(reading, &mut fields, horizon);
    let shares = fields
        .tables(reading, "shares", "the declaration of shares")
        .into_iter()
        .filter_map(|fields| read_shares(reading, fields))
        .collect();
    let sweep = fields.table(reading, "sweep", "the sweep").and_then(|fields| Sweep::read(reading, fields, horizon));
    let sensitivity = fields
        .table(reading, "sensitivity", "the sensitivity analysis")
        .map(|fields| SensitivityAsked::read(reading, fields));
    let decide = fields.table(reading, "decide", "the decision").map(|fields| Decide::read(reading, fields));
    fields.finish(reading);

    let (cost_discounting, health_discounting) = discounting?;
    Some(Scenario {
        name: name?.value,
        title: title?.value,
        question: question?.value,
        source: source?.value,
        model: model?,
        places: places?,
        sharing,
        programmes: programmes?,
        horizon_years: horizon?,
        start_year,
        price_base,
        sampling: Sampling { draws: draws?.unsigned_abs(), seed: seed?.unsigned_abs(), design: design?.value },
        design: options,
        stopping,
        integration: integration.map(|integration| integration.value),
        cost_discounting,
        health_discounting,
        values: values?,
        fairness: fairness.unwrap_or_default(),
        run_off_years: run_off_years?,
        finance,
        budget,
        levers,
        uncertainties,
        strategies,
        shares,
        sweep,
        sensitivity,
        decide,
    })
}

fn read_year(reading: &mut Reading, label: Located<String>, key: &str) -> Option<Located<FinancialYear>> {
    let Some(year) = FinancialYear::parse(&label.value) else {
        let message = format!("`{key}` is `{}`, which is not a financial year", label.value);
        reading.error(code::OUT_OF_RANGE, label.span, message).hint(format!("write {key} = \"2027/28\""));
        return None;
    };
    Some(Located { value: year, span: label.span })
}

fn read_places(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<Vec<Located<String>>> {
    if !fields.has("places") {
        let hint = "place = \"lancashire-south-cumbria\", or places = [...] for several";
        return fields.needed_text(reading, "place", hint).map(|place| vec![place]);
    }
    if fields.has("place") {
        let at = fields.key_span(reading, "places").unwrap_or(fields.at().clone());
        reading
            .error(code::PLACE_AND_PLACES, at, "the scenario has `place` and `places`")
            .hint("keep `place` for one place, or `places` for several");
        fields.text(reading, "place");
    }
    let places = fields.texts(reading, "places")?;
    if places.is_empty() {
        let at = fields.key_span(reading, "places").unwrap_or(fields.at().clone());
        reading
            .error(code::OUT_OF_RANGE, at, "the list of places is empty")
            .hint("name one place at least, or write place = \"lancashire-south-cumbria\"");
        return None;
    }
    refuse_twice(reading, &places, "place");
    Some(places)
}

/// `[sharing]`, which several places need and a scenario with `place` cannot have.
fn read_sharing(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
    places: Option<&Vec<Located<String>>>,
) -> Option<Sharing> {
    let several = places.is_some_and(|places| places.len() > 1);
    let listed = fields.key_span(reading, "places");
    let Some(read) = fields.table(reading, "sharing", "`sharing`") else {
        if let (true, Some(at), false) = (several, &listed, fields.has("sharing")) {
            reading
                .error(code::SHARING, at.clone(), "several places, and nothing says how money is shared between them")
                .hint("add [sharing] with rule = \"population\", \"need\" or \"formula\", or with weights");
        }
        return None;
    };
    if listed.is_none() && places.is_some() {
        reading
            .error(code::PLACE_AND_PLACES, read.at().clone(), "one place has nothing to share money with")
            .hint("remove [sharing], or write places = [...]");
    }
    Sharing::read(reading, read)
}

fn read_programmes(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<Vec<Located<String>>> {
    fields.need(reading, "programmes", "programmes = [\"H01\", \"E08\"], the ids of their cards");
    let programmes = fields.texts(reading, "programmes")?;
    if programmes.is_empty() {
        let at = fields.key_span(reading, "programmes").unwrap_or(fields.at().clone());
        reading
            .error(code::OUT_OF_RANGE, at, "the list of programmes is empty")
            .hint("name one programme at least: the model's range of programmes needs an element");
    }
    refuse_twice(reading, &programmes, "programme");
    Some(programmes)
}

fn refuse_twice(reading: &mut Reading, written: &[Located<String>], what: &str) {
    for (index, one) in written.iter().enumerate() {
        let name = Name::new(&one.value);
        if written[..index].iter().any(|earlier| Name::new(&earlier.value) == name) {
            let message = format!("the {what} `{}` stands twice in the list", one.value);
            reading.error(code::WRITTEN_TWICE, one.span.clone(), message).hint("keep one of the two");
        }
    }
}

fn within(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    range: RangeInclusive<i64>,
    hint: &str,
) -> Option<i64> {
    fields.need(reading, key, hint);
    let number = fields.whole(reading, key)?;
    if range.contains(&number.value) {
        return Some(number.value);
    }
    reading
        .error(code::OUT_OF_RANGE, number.span, format!("`{key}` is {}", number.value))
        .hint(format!("write {hint}"));
    None
}

/// `[run_off] years = 60`.
fn read_run_off(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<u32> {
    let Some(mut table) = fields.table(reading, "run_off", "`run_off`") else { return Some(RUN_OFF_YEARS) };
    let hint = "years = 60, from 0, which leaves out what comes after the horizon, to 200";
    let years = within(reading, &mut table, "years", 0..=LONGEST_RUN_OFF, hint);
    table.finish(reading);
    u32::try_from(years?).ok()
}

fn read_discounting(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<(DiscountRate, DiscountRate)> {
    let cost = rate(reading, &mut fields, "cost", "cost = 0.035");
    let health = rate(reading, &mut fields, "health", "health = 0.015");
    fields.finish(reading);
    Some((cost?, health?))
}

fn rate(reading: &mut Reading, fields: &mut Fields<'_, '_>, key: &'static str, hint: &str) -> Option<DiscountRate> {
    fields.need(reading, key, hint);
    let number = fields.number(reading, key)?;
    let rate = DiscountRate::new(number.value);
    if rate.is_none() {
        reading
            .error(code::OUT_OF_RANGE, number.span, format!("the discount rate of {key} is {}", number.value))
            .hint("write a part of one, from 0 up to 1: 0.035 for 3.5 %");
    }
    rate
}

fn read_uncertainties(reading: &mut Reading, fields: &Fields<'_, '_>, references: &References) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    for (key, value) in fields.entries() {
        let Some(figure) = Figure::read(reading, key, value, references) else {
            continue;
        };
        if figures.iter().any(|earlier| earlier.label == figure.label) {
            reading
                .error(code::WRITTEN_TWICE, figure.span.clone(), format!("`{}` is uncertain twice", figure.label))
                .hint("keep one of the two; case, spaces and underscores make no difference");
            continue;
        }
        figures.push(figure);
    }
    figures
}

fn read_strategies(reading: &mut Reading, fields: &mut Fields<'_, '_>, horizon: Option<u32>) -> Vec<Strategy> {
    let tables = fields.tables(reading, "strategy", "the strategy");
    if tables.is_empty() && fields.key_span(reading, "strategy").is_none() {
        reading
            .error(code::NO_STRATEGY, fields.at().clone(), "the scenario has no strategy")
            .hint("add [[strategy]] with id, name, why and [strategy.levers]");
    }
    let mut strategies: Vec<Strategy> = Vec::new();
    for mut fields in tables {
        let id = fields.needed_id(reading, "id", "id = \"growth-share\", a short name");
        let name = fields.needed_name(reading, "name", "name = \"its full name\"");
        let why = fields.needed_text(reading, "why", "why = \"why it is looked at\"");
        let levers = fields
            .table(reading, "levers", "the levers of the strategy")
            .map(|levers| (Levers::read(reading, &levers, horizon), levers.entries().is_empty()));
        if !fields.has("levers") || levers.as_ref().is_some_and(|(_, empty)| *empty) {
            let called = id.as_ref().map_or("a strategy".to_owned(), |id| format!("the strategy `{}`", id.value));
            reading
                .error(
                    code::NO_STRATEGY,
                    fields.at().clone(),
                    format!("{called} sets no lever, so it is doing nothing under another name"),
                )
                .hint("add [strategy.levers] with what it changes");
        }
        fields.finish(reading);
        let (Some(id), Some(name), Some(why)) = (id, name, why) else {
            continue;
        };
        let called = Name::new(&id.value);
        if strategies.iter().any(|earlier| Name::new(&earlier.id) == called) {
            reading
                .error(code::WRITTEN_TWICE, id.span.clone(), format!("two strategies have the id `{}`", id.value))
                .hint("give one of them another id");
            continue;
        }
        if called.key() == "do nothing" || called.key() == "do-nothing" {
            reading
                .error(code::WRITTEN_TWICE, id.span.clone(), format!("`{}` cannot be the id of a strategy", id.value))
                .hint("doing nothing is always compared with; give the strategy a name of its own");
        }
        strategies.push(Strategy {
            id: id.value,
            id_span: id.span,
            name: name.value,
            why: why.value,
            levers: levers.map(|(levers, _)| levers).unwrap_or_default(),
        });
    }
    strategies
}

fn read_shares(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<SharesRule> {
    let constant = fields.needed_text(reading, "constants", "constants = \"Programme share\"");
    fields.need(reading, "total", "total = 1.0");
    let total = fields.number(reading, "total");
    fields.finish(reading);
    let constant = constant?;
    Some(SharesRule {
        constant: Located { value: Name::new(&constant.value), span: constant.span },
        total: total?.value,
    })
}

// A lever is what we choose, an uncertainty what nature chooses.
fn refuse_both(reading: &mut Reading, scenario: &Scenario) {
    let strategies = scenario.strategies.iter().flat_map(|strategy| strategy.levers.iter());
    for lever in scenario.levers.iter().chain(strategies) {
        if scenario.uncertainties.iter().any(|figure| figure.label == lever.label) {
            reading
                .error(
                    code::LEVER_AND_UNCERTAINTY,
                    lever.span.clone(),
                    format!("`{}` is both a lever and an uncertainty", lever.label),
                )
                .hint("keep it in one of the two places");
        }
    }
}
