//! Diagnostics of a study as a whole, where scenario, evidence and model meet (T001 and up).

use engine::diagnostic::{Code, Page};

/// A lever or an uncertainty names no constant of the model.
pub const UNKNOWN_CONSTANT: Code = Code("T001");
/// The accounts name what the model does not have.
pub const UNKNOWN_VARIABLE: Code = Code("T002");
/// A constant that a place must give is not given.
pub const NOT_GIVEN: Code = Code("T003");
/// The horizon lies beyond the model's final time.
pub const BEYOND_THE_MODEL: Code = Code("T004");
/// A programme would act on one channel twice.
pub const TWO_ROUTES: Code = Code("T005");
/// The accounts do not say what places share.
pub const NOTHING_SHARED: Code = Code("T006");
/// A place whose share of money cannot be found.
pub const NO_SHARE: Code = Code("T007");
/// The scenario ties or puts first a random number that is not drawn.
pub const NOT_DRAWN: Code = Code("T008");
/// Draws that do not divide into the repetitions.
pub const UNEVEN_REPLICATES: Code = Code("T009");
/// Sobol' draws that are no power of two.
pub const NO_POWER_OF_TWO: Code = Code("T010");
/// An outcome that a study does not have.
pub const NO_OUTCOME: Code = Code("T020");
/// A sweep or a design over what cannot be set.
pub const NOT_SWEPT: Code = Code("T021");
/// A sweep holds an uncertainty and not what is correlated with it.
pub const HELD_ALONE: Code = Code("T022");
/// Draws of an uncertainty leave the bounds of its constant.
pub const BEYOND_BOUNDS: Code = Code("T023");
/// A number outside what the model allows for its constant.
pub const OUTSIDE_BOUNDS: Code = Code("T030");

/// A place without people.
pub const NOBODY_LIVES: Code = Code("T031");
/// A figure far from what is expected.
pub const NOT_PLAUSIBLE: Code = Code("T032");
/// A card without eligible people.
pub const REACHES_NOBODY: Code = Code("T033");
/// A card that leaves to the model what only it can know.
pub const TAKES_DEFAULT: Code = Code("T034");
/// A study of which no draw is left.
pub const NONE_SURVIVED: Code = Code("T035");
/// The accounts and the deflators have different base years.
pub const BASE_YEARS: Code = Code("T050");
/// The plan begins before the index of prices.
pub const NO_PRICES: Code = Code("T051");
/// The plan reaches beyond the index of prices.
pub const PRICES_BEYOND: Code = Code("T052");
/// The baseline is of another year than the one before the plan.
pub const OTHER_BASELINE: Code = Code("T053");
/// A sweep or a design over what strategies set themselves.
pub const SET_TWICE: Code = Code("T060");
/// A ledger of the plan's money that cannot be added to the others.
pub const NO_PLAN_MONEY: Code = Code("T070");

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[
    Page {
        code: UNKNOWN_CONSTANT,
        title: "a lever or an uncertainty that is no constant of the model",
        meaning: "A lever sets a constant of the model, and an uncertainty draws one. The name written here is none: it is \
                  misspelled, or it is a stock or an auxiliary, which the model computes itself and nobody may set.",
        example: "[levers]\n\"Ring fence strenght\" = 1",
        remedy: "Write the name as it stands in the model, with its elements in brackets if it has any: \
                 \"Programme share[H01]\". `wellspring simulate MODEL` lists every name in its first row.",
    },
    Page {
        code: UNKNOWN_VARIABLE,
        title: "accounts that name what the model does not have",
        meaning: "The accounts file tells the appraisal which variables of the model are demands, costs and health. One of \
                  them is not in the model, or has no such element or subscript, or a payer is none of the model's.",
        example: "[[demand]]\nvariable = \"Demand[Emergency admision]\"",
        remedy: "Correct the name in the accounts file, or add the variable to the model.",
    },
    Page {
        code: NOT_GIVEN,
        title: "a constant that a place must give is not given",
        meaning: "The model marks this constant `Set by: place`: it has no sensible value of its own. The place baseline of \
                  the study says nothing of it, so the number in the model's text would be used for a place it was not \
                  meant for.",
        example: "a baseline without [\"Staffed beds at start\"]",
        remedy: "Add the constant to the place's file, with its grade and source.",
    },
    Page {
        code: BEYOND_THE_MODEL,
        title: "a horizon beyond the model's final time",
        meaning: "The model runs up to its FINAL TIME and no further; the plan asked for is longer.",
        example: "horizon_years = 25, with FINAL TIME = 20",
        remedy: "Shorten the horizon, or raise FINAL TIME in the model.",
    },
    Page {
        code: TWO_ROUTES,
        title: "two routes for one effect",
        meaning: "A card moves a stock that leads to a demand, and holds a relative risk on the same demand. The same \
                  effect would be counted twice.",
        example: "a card with \"Courses begun per start[M01]\" and \"Log relative risk[M01,Mental health contact]\"",
        remedy: "Keep one of the two in the card. Where the accounts name a switch, at 0 it closes the route through the stock.",
    },
    Page {
        code: NOTHING_SHARED,
        title: "accounts that do not say what places share",
        meaning: "The scenario names several places. Which levers of the model are money that they share, and which \
                  variables hold their allocation, people and need, is for the accounts of the model to say, and these \
                  accounts do not.",
        example: "places = [\"here\", \"there\"], and accounts without [sharing]",
        remedy: "Add [sharing] to the accounts of the model, or study one place at a time.",
    },
    Page {
        code: NO_SHARE,
        title: "a place whose share of money cannot be found",
        meaning: "A place's share of the money goes by its people, its need and its allocation. One of them is zero, negative \
                  or no number when the run of the place begins, so the rule divides by nothing.",
        example: "a baseline with [\"NHS allocation in plan year 1\"] of 0",
        remedy: "Correct the figure in the place's file.",
    },
    Page {
        code: NO_OUTCOME,
        title: "an outcome that the study does not have",
        meaning: "Sweeps, sensitivity analyses and [stopping] measure outcomes by name: what the result files call it, then `:` and the \
                  service, perspective or group, then `@` and the plan year. The name written here is none, or asks for \
                  a year beyond the horizon, or for a share or rate of several places together.",
        example: "[sweep]\noutcomes = [\"net-at-horizon:cahs\"]",
        remedy: "Write a name such as net-at-horizon:cash, payback:cash@5, demand-change:emergency-admissions@10 or \
                 total-qalys-gained; the hint offers the nearest. The names are the outcomes and groups of the result \
                 files of `wellspring run`.",
    },
    Page {
        code: NOT_SWEPT,
        title: "a sweep over what cannot be set",
        meaning: "A sweep sets levers, and holds what is uncertain. What is named here is not uncertain in this study, or the \
                  program itself sets it: the switches by which a twin differs from its strategy, and the axis of time; or \
                  it names a strategy or a place that the scenario does not have.",
        example: "[[sweep.over]]\nuncertainty = \"Backfil\"\nquantiles = [0.05, 0.5, 0.95]",
        remedy: "Name an uncertain constant as the evidence or the scenario names it, with its elements; or sweep it as a \
                 lever, with values. `wellspring evidence` lists what is uncertain.",
    },
    Page {
        code: HELD_ALONE,
        title: "a sweep that holds one of several correlated uncertainties",
        meaning: "The sweep holds an uncertainty at numbers that it chooses, while another, which a [[correlation]] ties to it, \
                  is drawn as if nothing were held. So the points tell what a change of the one alone does, which is not \
                  what would be believed of the other if the one were known. The study and the sweep run all the same.",
        example: "[[correlation]]\nnames = [\"Backfill\", \"Price\"]\nevery_pair = 0.5\n\n[[sweep.over]]\nuncertainty = \"Backfill\"\nquantiles = [0.05, 0.95]",
        remedy: "Sweep both, by a list that moves them together; or keep it, if a change of one alone is meant.",
    },
    Page {
        code: BEYOND_BOUNDS,
        title: "an uncertainty whose draws leave the bounds of its constant",
        meaning: "The model says between which bounds a constant makes sense, `~ Dmnl [0,1]` for a share. One draw in ten \
                  thousand of this uncertainty, or more, lies outside. A share above one or a time shorter than a step can make \
                  stocks run away, and a single such draw spoils a mean of thousands.",
        example: "[\"Share at home\"]\nvalue = 0.85\nlow = 0.75\nhigh = 0.95\ndistribution = \"normal\"",
        remedy: "Choose a distribution that has ends (pert, triangular, beta), or a narrower range; or correct the bounds in the \
                 model if they are too narrow.",
    },
    Page {
        code: NOT_DRAWN,
        title: "a correlation or a leading place for what is not drawn",
        meaning: "`leading` and `[[correlation]]` name random numbers. The one written here belongs to no uncertainty of this \
                  study: it is misspelled, its evidence gives no range, its programme is not in the scenario, or it is a \
                  lever here. The name is that of the constant with its elements, or of the common factor that its rows \
                  share; what a place's file says has the place's id before it.",
        example: "leading = [\"Unit costs[H01]\"]",
        remedy: "Write the name as it is drawn, such as \"Unit cost[H01]\" or \"leicester: Emergency admission rate\".",
    },
    Page {
        code: UNEVEN_REPLICATES,
        title: "draws that do not divide into the repetitions",
        meaning: "`replicates` cuts the draws into hypercubes or scramblings of one size, whose spread tells the Monte Carlo \
                  error. Each must have as many draws as the others.",
        example: "draws = 1000 with replicates = 16",
        remedy: "Take a number of draws that is a multiple of `replicates`.",
    },
    Page {
        code: NO_POWER_OF_TWO,
        title: "Sobol' draws that are no power of two",
        meaning: "The first 2, 4, 8, ... points of a Sobol' design cover each uncertainty evenly; a number in between leaves \
                  some strata with one draw more than others, and most of the gain is lost. The study runs all the same.",
        example: "draws = 1000 with design = \"sobol\"",
        remedy: "Take the power of two that is offered, for each repetition.",
    },
    Page {
        code: OUTSIDE_BOUNDS,
        title: "a number that the model does not allow",
        meaning: "The model says between which bounds each of its constants makes sense: `~ Dmnl [0,1]` for a share, `[0,?]` for \
                  what cannot be negative. A number of a card, a place, a scenario, a sweep, a workbook or `--set`, or an end of \
                  its range, lies outside. Such a number has no meaning: with it money is spent below zero, more people \
                  are reached than there are, and what is found says nothing. In a study it is an error. In a model of \
                  your own that is simulated or checked by itself it is a warning.",
        example: "[levers]\n\"Ring fence strength\" = 100",
        remedy: "Write the number in the unit that is told: shares as parts of one (0.3 for 30 %), rates with `per` where they \
                 are counted per 1,000, logarithms of relative risks and not the risks themselves. If the number is right and the \
                 bounds of your own model are too narrow, widen them in its unit field.",
    },
    Page {
        code: NOBODY_LIVES,
        title: "a place where nobody lives",
        meaning: "All residents that the place's file or workbook gives are 0. Nobody can be ill there and nobody helped, and \
                  every rate divides by nothing.",
        example: "[\"Initial residents\"]\nvalue = 0",
        remedy: "Write the residents of the place by deprivation and age, in people.",
    },
    Page {
        code: NOT_PLAUSIBLE,
        title: "a figure that is far from what is expected",
        meaning: "The accounts of the model say under [plausible] how far the figures of a place may lie from those of the \
                  country, per resident where they grow with the place, and between which ends a constant of a card is \
                  usual. This figure lies outside: most often it is in thousands, per cent, or per 1,000 where it \
                  should not be, or a risk stands where its logarithm belongs. The study runs all the same.",
        example: "[\"Birth rate\"]\nvalue = 0.0000166",
        remedy: "Look at the unit, at `per`, and at thousands. If the figure is right, keep it, and say why in its note.",
    },
    Page {
        code: REACHES_NOBODY,
        title: "a card that reaches nobody",
        meaning: "The card says not how many people its programme could be offered to, or says 0. So no money can be spent \
                  on it, nothing comes of it, and there is nothing to be paid back. Which constants of the model mean eligible \
                  people is said by [programme_card] in the accounts.",
        example: "a card without [\"Eligible per resident[B01]\"] and [\"Newly eligible per resident[B01]\"]",
        remedy: "Add both to the card: people (or homes) eligible now and newly in a year, for each resident, with `per` if they \
                 are counted in 100,000; derive them and grade them C where no count is known.",
    },
    Page {
        code: TAKES_DEFAULT,
        title: "a card that leaves to the model what only it can know",
        meaning: "The card gives no unit cost, no effect, or no rate at which its people use what it acts on. The model's own \
                  number is taken, which is told here and means nothing for this programme.",
        example: "a card without [\"Unit cost[C01]\"]",
        remedy: "Add what is named to the card, with its source, grade and note.",
    },
    Page {
        code: NONE_SURVIVED,
        title: "a study of which no draw is left",
        meaning: "A draw in which some value is no number is left out of all results, and so is a point of a sensitivity analysis. \
                  Here every one is left out, so that there is nothing to tell: no document is made, and the exit code is 3. Most often something is divided by a \
                  time or a sum that is 0 in every draw.",
        example: "a model with `Time to recover= 0` and `Deficit/Time to recover`",
        remedy: "Look at the variables that are named, and at what they are computed from; in a model of your own, ZIDZ(a, b) gives \
                 0 where b is 0.",
    },
    Page {
        code: BASE_YEARS,
        title: "two base years",
        meaning: "The model runs in the prices of one year, the base year of its accounts, and deflators.toml brings all evidence to \
                  the prices of its own base. If the two differ, amounts in the model's text and amounts of the evidence are in \
                  different prices.",
        example: "base_year_label = \"2026/27\" beside base = \"2024/25\" in deflators.toml",
        remedy: "Leave the base year as it is. A plan that begins later has start_year = \"2027/28\" in its scenario.",
    },
    Page {
        code: NO_PRICES,
        title: "a plan before the index of prices",
        meaning: "Amounts in the money of each year are real amounts times the level of prices of that calendar year, and the index \
                  does not go back so far.",
        example: "start_year = \"1999/00\"",
        remedy: "Begin later, or add the earlier years to deflators.toml.",
    },
    Page {
        code: PRICES_BEYOND,
        title: "a plan beyond the index of prices",
        meaning: "The scenario says when the plan begins, and its last years lie after the last year of the index. There prices grow \
                  by `growth_after` a year. Real amounts do not depend on it; amounts in the money of each year do.",
        example: "start_year = \"2027/28\" with an index up to 2029/30",
        remedy: "Accept it, or add years to deflators.toml.",
    },
    Page {
        code: OTHER_BASELINE,
        title: "a baseline of another year",
        meaning: "A place's figures are of the base year of the model unless its file says base_year. A plan that begins later takes \
                  them as they are for the state on its first 1 April: nothing is carried forward, neither people nor demand, \
                  beds, or the allocation of plan year 1. Growth counts from that day on.",
        example: "start_year = \"2027/28\" with a place of 2024/25",
        remedy: "Accept it if little has changed, or write a place file with figures of the year before the plan and say so: \
                 base_year = \"2026/27\" under [place].",
    },
    Page {
        code: SET_TWICE,
        title: "a sweep or a design over what strategies set themselves",
        meaning: "A sweep sets a lever at each of its points, and a strategy that is run there sets the same lever. The sweep's \
                  value holds in every strategy, so this one is no longer what its name says, and strategies that differ in this \
                  lever alone become one. With an uncertainty it is the other way round: what a strategy sets stands, so neither \
                  a sweep nor the draws of a sensitivity analysis move it there.",
        example: "[[sweep.over]]\nlever = \"Prevention top slice share\"   # and every strategy says its own",
        remedy: "Name under `strategies` of the sweep those that leave the lever alone, or take the lever out of the strategies.",
    },
    Page {
        code: NO_PLAN_MONEY,
        title: "a ledger of the plan's money that cannot be added to the others",
        meaning: "`[plan_money]` of the accounts says which ledgers hold what the sources of a plan give and what becomes of it. In \
                  every run and every year the sources add up to what is moved, and sources and savings to the uses. A \
                  ledger in another unit, or one that holds what is there at the end of a year, cannot be added to them.",
        example: "[plan_money]\nmoved = \"money-offered\"\nsources = [\"top-slice\", \"debt\"]   # what is owed: a stock",
        remedy: "Name ledgers in the unit of `moved` whose measure is \"flow\" or \"cumulative\"; or change the measure of this one, if \
                 its variable is a yearly amount.",
    },
];
