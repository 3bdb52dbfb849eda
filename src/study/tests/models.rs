//! A model by itself, a line that rises by its rate and by what a strategy adds: what is read of it, and what is refused.

use super::till::close;
use crate::explain::study as code;
use crate::shipped::Text;
use crate::study::Overrides;
use crate::study::experiment::{
    ModelStudy, Others, PointColumn, PointMatrix, Setting, Subject, SweepFindings, prepare_model,
};
use engine::diagnostic::Diagnostics;
use engine::sampling::Design;

const MODEL: &str = "{UTF-8}
Half: h1, h2 ~~|
INITIAL TIME= 0 ~ Year ~|
FINAL TIME= 4 ~ Year ~|
TIME STEP= 0.5 ~ Year ~|
SAVEPER= 1 ~ Year ~|
Rate= 2 ~ metres/Year [0,9] ~|
Extra= 0 ~ metres/Year [0,9] ~|
Line= INTEG(Rate + Extra, 1) ~ metres ~|
Both[h1]= Line ~ metres ~|
Both[h2]= 2*Line ~ metres ~|
";

const SCENARIO: &str = "schema = 1\nkind = \"model\"\nname = \"line\"\ntitle = \"A line\"\nmodel = \"line.mdl\"\ndraws = 3\nseed = 7\ndesign = \"random\"
[[uncertainty]]\nconstant = \"Rate\"\nlow = 1\nhigh = 3\ndistribution = \"uniform\"
[[outcome]]\nname = \"last\"\nvariable = \"Line\"\nover = \"final\"
[[outcome]]\nname = \"at two\"\nvariable = \"Both\"\nat = 2
[[outcome]]\nname = \"sum\"\nvariable = \"Line\"\nover = \"sum\"\nfrom = 1\nto = 3
[[outcome]]\nname = \"most\"\nvariable = \"Line\"\nover = \"max\"\nto = 3\nunit = \"m\"
[[outcome]]\nname = \"least\"\nvariable = \"Line\"\nover = \"min\"\nfrom = 1
[[outcome]]\nname = \"integral\"\nvariable = \"Line\"\nover = \"integral\"\nfrom = 1\nto = 3
[[outcome]]\nname = \"mean\"\nvariable = \"Line\"\nover = \"mean\"\nfrom = 1\nto = 3
[[outcome]]\nname = \"between\"\nvariable = \"Line\"\nover = \"max\"\nfrom = 0.5\nto = 0.9
[[strategy]]\nid = \"plain\"\nname = \"As it is\"\n[strategy.levers]\n\"Extra\" = 0
[[strategy]]\nid = \"steep\"\nname = \"Steeper\"\n[strategy.levers]\n\"Extra\" = 1
";

fn prepared(scenario: &str) -> Result<(ModelStudy, Diagnostics), Diagnostics> {
    prepare_model(&Text::new("line.toml", scenario), &Text::new("line.mdl", MODEL), &Overrides::default())
}

fn study(scenario: &str) -> ModelStudy {
    prepared(scenario).unwrap().0
}

#[test]
fn outcomes_are_read_at_a_time_and_over_a_time() {
    let study = study(SCENARIO);
    let subject = Subject::Model(&study);
    let names = subject.outcome_names();
    assert_eq!(names, ["last", "at two", "sum", "most", "least", "integral", "mean", "between"]);
    let matrix = PointMatrix {
        columns: vec![PointColumn::Value("Rate".to_owned())],
        values: vec![1.0, 3.0],
        others: Others::Central,
    };
    let experiment = subject.design(&names, matrix).unwrap();
    // Two points, each as it is and steeper.
    assert_eq!((experiment.points(), experiment.runs(0..1)), (2, 4));
    let table = experiment.run(&|_| {});
    // It stands at 1 and rises by 1 or 3 a year, and by 1 more if it is steeper.
    let by_hand: [&dyn Fn(f64) -> f64; 8] = [
        &|rise| 1.0 + 4.0 * rise,
        // Once and twice the line.
        &|rise| 3.0 * (1.0 + 2.0 * rise),
        // After one, two and three years, as saved once a year.
        &|rise| 3.0 + 6.0 * rise,
        &|rise| 1.0 + 3.0 * rise,
        &|rise| 1.0 + rise,
        // By Euler's rule half of what stands at 1, 1.5, 2 and 2.5.
        &|rise| 2.0 + 3.5 * rise,
        &|rise| 1.0 + 1.75 * rise,
        // Nothing is saved between a half and nine tenths: what stands at the last step there, by rounding at 1.
        &|rise| 1.0 + rise,
    ];
    for (outcome, of) in by_hand.iter().enumerate() {
        for (strategy, more) in [0.0, 1.0].into_iter().enumerate() {
            close(table.column(outcome, strategy), &[of(1.0 + more), of(3.0 + more)]);
        }
    }
    let units: Vec<String> = table.outcomes.iter().map(|label| label.unit.to_string()).collect();
    assert_eq!((&*units[0], &*units[3], &*table.outcomes[3].comparator), ("metres", "m", "none"));
    assert_eq!(table.strategies[1], ("steep".to_owned(), "Steeper".to_owned()));
    assert_eq!((table.unaccounted, table.tally().left_out), (0, 0));
}

#[test]
fn a_sweep_of_a_model_sets_levers_choices_and_quantiles() {
    let sweep = "[sweep]\noutcomes = [\"last\"]\nstrategies = [\"plain\"]
[[sweep.over]]\nuncertainty = \"Rate\"\nquantiles = [0.25, 0.75]
[[sweep.over]]\nlever = \"Extra\"\nvalues = [0, 2]\n";
    let study = study(&format!("{SCENARIO}{sweep}"));
    let subject = Subject::Model(&study);
    let (experiment, shape) = subject.sweep(subject.sweep_asked().unwrap()).unwrap();
    assert_eq!((shape.strategies.len(), shape.draws, &*shape.name, &*shape.title), (1, 3, "line", "A line"));
    assert_eq!(
        shape.dimensions.iter().map(|one| (one.numbers, one.quantiles)).collect::<Vec<_>>(),
        [(true, true), (true, false)]
    );
    let set: Vec<(f64, f64)> =
        shape.cells.iter().map(|cell| (cell.values[0].number(), cell.values[1].number())).collect();
    // A model by itself lies in no place.
    assert!(shape.cells.iter().all(|cell| cell.place.is_empty()));
    let table = experiment.run(&|_| {});
    let found = SweepFindings { shape, values: table.values, unaccounted: table.unaccounted };
    for (cell, (quantile, extra)) in set.into_iter().enumerate() {
        // The rate is held at its quartiles, 1.5 and 2.5: every draw is one.
        close(found.draws(0, 0, cell), &[1.0 + 4.0 * (1.0 + 2.0 * quantile + extra); 3]);
    }
    assert_eq!((found.tally().all, found.draws_left_out()), (12, 0));
    let choice = Setting::Name("much".to_owned());
    assert!(choice.number().is_nan() && choice.name() == "much" && Setting::Number(1.5).name().is_empty());
    assert_eq!((choice.to_string(), Setting::Number(1.5).to_string()), ("much".to_owned(), "1.5".to_owned()));
}

#[test]
fn a_model_without_strategies_is_run_as_it_is() {
    let plain = SCENARIO.split("[[strategy]]").next().unwrap();
    let study = study(plain);
    let subject = Subject::Model(&study);
    assert_eq!(subject.strategies(), [("model".to_owned(), "The model as it is".to_owned())]);
    let matrix = PointMatrix {
        columns: vec![PointColumn::Position("Rate".to_owned())],
        values: vec![0.5, 0.75],
        others: Others::Central,
    };
    let table = subject.design(&["last".to_owned()], matrix).unwrap().run(&|_| {});
    close(table.column(0, 0), &[9.0, 11.0]);
    // Without a column for it the rate is as drawn.
    let drawn = PointMatrix {
        columns: vec![PointColumn::Value("Extra".to_owned())],
        values: vec![0.0, 0.0, 1.0],
        others: Others::Drawn,
    };
    let table = subject.design(&["last".to_owned()], drawn).unwrap().run(&|_| {});
    let [one, other, third] = table.column(0, 0) else { panic!("three points") };
    assert!(one != other && [*one, *other, third - 4.0].iter().all(|last| (5.0..=13.0).contains(last)));
}

#[test]
fn what_the_command_line_says_of_draws_goes_before_the_scenario() {
    let overrides =
        Overrides { draws: Some(5), seed: Some(9), design: Some(Design::LatinHypercube), ..Overrides::default() };
    let (study, _) =
        prepare_model(&Text::new("line.toml", SCENARIO), &Text::new("line.mdl", MODEL), &overrides).unwrap();
    let sampling = Subject::Model(&study).sampling();
    assert_eq!((sampling.draws, sampling.seed, sampling.design), (5, 9, Design::LatinHypercube));
}

#[test]
fn what_is_wrong_with_a_model_by_itself_is_said() {
    let codes = |scenario: &str| -> Vec<_> {
        match prepared(scenario) {
            Ok((_, found)) | Err(found) => found.iter().map(|one| one.code).collect(),
        }
    };
    assert!(codes(SCENARIO).is_empty());
    // Beyond the end of the model; the end itself is not.
    assert_eq!(codes(&SCENARIO.replace("at = 2", "at = 5")), [code::BEYOND_THE_MODEL]);
    assert!(codes(&SCENARIO.replace("at = 2", "at = 4")).is_empty());
    assert_eq!(codes(&SCENARIO.replace("variable = \"Both\"", "variable = \"Bath\"")), [code::UNKNOWN_VARIABLE]);
    assert_eq!(codes(&SCENARIO.replace("\"Extra\" = 1", "\"Extra\" = 10")), [code::OUTSIDE_BOUNDS]);
    assert_eq!(codes(&SCENARIO.replace("\"Extra\" = 1", "\"Extras\" = 1")), [code::UNKNOWN_CONSTANT]);
    assert_eq!(codes(&SCENARIO.replace("high = 3", "high = 30")), [code::BEYOND_BOUNDS]);
    let study = study(SCENARIO);
    let matrix =
        |column: PointColumn| PointMatrix { columns: vec![column], values: vec![1.0], others: Others::Central };
    let refused = |outcome: &str, column: PointColumn| {
        let found = Subject::Model(&study).design(&[outcome.to_owned()], matrix(column)).unwrap_err();
        found.iter().map(|one| one.code).collect::<Vec<_>>()
    };
    let rate = || PointColumn::Position("Rate".to_owned());
    assert_eq!(refused("lost", rate()), [code::NO_OUTCOME]);
    assert_eq!(refused("last", PointColumn::Position("Line".to_owned())), [code::NOT_SWEPT]);
    assert!(!refused("last", PointColumn::Value("Nothing".to_owned())).is_empty());
}
