//! Diagnostics of commands and files (C001 and up).

use engine::diagnostic::{Code, Page};

/// No such file.
pub const NO_FILE: Code = Code("C001");
/// A folder where a file belongs.
pub const IS_FOLDER: Code = Code("C002");
/// A file that cannot be read.
pub const UNREADABLE: Code = Code("C003");
/// No UTF-8 text.
pub const NOT_UTF8: Code = Code("C004");
/// An empty file.
pub const EMPTY: Code = Code("C005");
/// No shipped file of this name.
pub const NOT_SHIPPED: Code = Code("C006");
/// It is not clear what a file is.
pub const NO_KIND: Code = Code("C007");
/// A setting that cannot be read.
pub const SETTING: Code = Code("C008");
/// No variable of this name.
pub const NO_VARIABLE: Code = Code("C009");
/// No draws.
pub const NO_DRAWS: Code = Code("C010");
/// No threads.
pub const NO_THREADS: Code = Code("C011");
/// A folder that holds what wellspring did not write.
pub const NOT_OURS: Code = Code("C012");
/// A file where a folder belongs.
pub const FILE_IN_THE_WAY: Code = Code("C013");
/// A place that cannot be written.
pub const NOT_WRITABLE: Code = Code("C014");
/// A full disk.
pub const DISK_FULL: Code = Code("C015");
/// No diagnostic of this code.
pub const NO_CODE: Code = Code("C016");
/// A run with values that are no numbers.
pub const NO_NUMBER: Code = Code("C017");
/// Two runs that write to one folder.
pub const BUSY: Code = Code("C018");
/// No programme is as asked.
pub const NOTHING_FITS: Code = Code("C019");
/// No strategy of this id.
pub const NO_SUCH_STRATEGY: Code = Code("C020");
/// A new file that is there already.
pub const ALREADY_THERE: Code = Code("C021");
/// A name of which no file name can be made.
pub const NO_FILE_NAME: Code = Code("C022");
/// A template that cannot be followed.
pub const TEMPLATE: Code = Code("C028");
/// No size of memory.
pub const NO_SIZE: Code = Code("C029");
/// A precision that no results can have.
pub const NO_PRECISION: Code = Code("C080");
/// No draws for the rounds of a study.
pub const NO_ROUNDS: Code = Code("C081");
/// A scenario that says not what is swept.
pub const NO_SWEEP: Code = Code("C030");
/// A part that is no part of a whole.
pub const NO_SHARD: Code = Code("C031");
/// Work that was begun with other inputs.
pub const OTHER_RUN: Code = Code("C032");
/// A folder that holds no part of a sweep, or not all parts.
pub const NOT_A_PART: Code = Code("C033");
/// A scenario of a model by itself where a study is needed.
pub const MODEL_ALONE: Code = Code("C034");
/// A workbook that is no place's.
pub const NOT_A_FORM: Code = Code("C041");
/// A cell without what it must hold.
pub const FORM_NUMBER: Code = Code("C042");
/// A number below zero where none can be.
pub const FORM_NEGATIVE: Code = Code("C043");
/// A name in a workbook that is not what it was.
pub const FORM_NAME: Code = Code("C044");
/// A unit in a workbook that is not what it was.
pub const FORM_UNIT: Code = Code("C045");
/// One place for a scenario of several.
pub const SEVERAL_PLACES: Code = Code("C046");
/// A base of sobol that is no power of two.
pub const BASE: Code = Code("C050");
/// A group that names no uncertainty of the scenario.
pub const NO_SUCH_INPUT: Code = Code("C051");
/// A scenario in which nothing is uncertain.
pub const NO_UNCERTAINTY: Code = Code("C052");
/// A size of a sample that cannot be.
pub const NO_SAMPLE: Code = Code("C053");
/// A method that does not go with what is analysed.
pub const OTHER_METHOD: Code = Code("C054");
/// A group of uncertainties parts what is correlated.
pub const TIED_APART: Code = Code("C055");
/// A study from which nothing can be said of the choice.
pub const NO_DECISION: Code = Code("C060");
/// A study whose mix of programmes cannot be sought.
pub const NO_MIX: Code = Code("C061");
/// Limits that no plan keeps.
pub const NOTHING_MEETS: Code = Code("C062");
/// What names neither a scenario nor a folder of results.
pub const NOT_A_PLAN: Code = Code("C070");
/// A folder of results that is not finished.
pub const NOT_FINISHED: Code = Code("C071");
/// A strategy that is not in what is compared.
pub const NOT_AMONG_PLANS: Code = Code("C072");
/// One plan where two are needed.
pub const ONE_PLAN: Code = Code("C073");
/// Plans of different years.
pub const NO_COMMON_YEAR: Code = Code("C074");
/// Parquet asked of a program that was built without it.
pub const NO_PARQUET: Code = Code("C090");
/// A folder of results that does not say which ledger is which.
pub const NO_ROLES: Code = Code("C094");
/// A pipe, a socket or a device where a file belongs.
pub const NOT_A_FILE: Code = Code("C095");
/// A result that would take the place of what it is made from.
pub const REPLACES_INPUT: Code = Code("C096");
/// A table that was changed after it was written.
pub const CHANGED: Code = Code("C097");
/// A part of a sweep that was cut off.
pub const CUT_OFF: Code = Code("C098");
/// A command that cannot be understood, told to a program.
pub const MISUSED: Code = Code("C099");
/// An instruction set that there is not.
pub const NO_INSTRUCTION_SET: Code = Code("M153");
/// The result would overwrite what is read.
pub const OUTPUT_IS_INPUT: Code = Code("M154");

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[
    Page {
        code: NO_FILE,
        title: "There is no such file",
        meaning: "The file that the command or a scenario names is not there. A path is taken from the folder that you are in; a path in a scenario is taken from the scenario's own folder.",
        example: "wellspring simulate modles/teacup.mdl",
        remedy: "Look at the spelling of each part of the path. The hint offers the nearest name in that folder, if there is one.",
    },
    Page {
        code: IS_FOLDER,
        title: "A folder is named where a file belongs",
        meaning: "The command works on files one by one, and does not look into folders by itself.",
        example: "wellspring check models/",
        remedy: "Name the files; the shell can list them: `wellspring check models/*.mdl`.",
    },
    Page {
        code: UNREADABLE,
        title: "The file cannot be read",
        meaning: "The file is there, but the system does not let it be read, or it is longer than what is read: 64 MB of a model, a text or a workbook, 4 GB of a table of a sample, 16 GB of a part of a sweep.",
        example: "wellspring check film.mdl",
        remedy: "Change the permissions of the file, copy it to a folder of your own, or name the file that is meant.",
    },
    Page {
        code: NOT_UTF8,
        title: "The file is not UTF-8 text",
        meaning: "Files saved by older programs may be in another encoding, where a pound sign is a different byte. Nothing is guessed, since a wrong guess would change names without a word.",
        example: "a card in which `£` is the single byte A3",
        remedy: "Save it as UTF-8 in the editor, or convert it: `iconv -f WINDOWS-1252 -t UTF-8 old.toml > new.toml`.",
    },
    Page {
        code: EMPTY,
        title: "The file is empty",
        meaning: "There is nothing in the file but perhaps white space. Most often it was not saved, or a command that should have filled it failed.",
        example: "touch card.toml && wellspring check card.toml",
        remedy: "Save the file again, or name the one that is meant.",
    },
    Page {
        code: NOT_SHIPPED,
        title: "Nothing of this name comes with wellspring",
        meaning: "A word without `/` and without an ending such as .mdl or .toml is the name of a model or a scenario that is part of the program. Everything else is a file.",
        example: "wellspring simulate preventoin",
        remedy: "Type one of the names that the hint lists. For a file without an ending, write its path: `./name`.",
    },
    Page {
        code: NO_KIND,
        title: "It is not clear what the file is",
        meaning: "A model ends in .mdl. A TOML file says what it is by its headings: [card], [place] or [system] for evidence, [[strategy]] for a scenario, [[ledger]] for the accounts of a model, [past] for deflators, tables with a publisher for sources.",
        example: "name = \"Warm homes\"\n\n[\"Unit cost[H01]\"]\nvalue = 5000",
        remedy: "Write the heading as the first table of the file.",
    },
    Page {
        code: SETTING,
        title: "What is to be set cannot be read",
        meaning: "`--set` takes a constant and a number: `Name=2`, or `Name[Element]=2` for one element of a constant with subscripts. `Name=2` on a constant with subscripts sets all its elements.",
        example: "wellspring simulate teacup.mdl --set \"Room temperature 18\"",
        remedy: "Write the name, `=` and the number, all in quotes so that the shell keeps them together. A name that holds brackets or `=` stands in double quotes of its own: --set '\"Share [a]\"=2'.",
    },
    Page {
        code: NO_VARIABLE,
        title: "The model has no such variable",
        meaning: "`--vars` names variables of the model, divided by commas. Case, spaces and underscores make no difference. Lookup tables are no variables, since they have no value of their own.",
        example: "wellspring simulate teacup.mdl --vars \"Tea temprature\"",
        remedy: "Type the name that the hint offers, or leave --vars out to see all variables.",
    },
    Page {
        code: NO_DRAWS,
        title: "A study needs at least one draw",
        meaning: "Each draw gives every uncertain number one value and runs every strategy once. Without a draw there is nothing to report.",
        example: "wellspring run one-per-cent --draws 0",
        remedy: "Ask for one draw or more. Twenty show that a scenario works; a thousand are a sound basis for what is published.",
    },
    Page {
        code: NO_THREADS,
        title: "A study needs at least one thread",
        meaning: "The number of threads says how many runs are computed at once. It changes how long a study takes, and never its results.",
        example: "wellspring run one-per-cent --threads 0",
        remedy: "Ask for one thread or more, or leave --threads out: then all cores are used.",
    },
    Page {
        code: NOT_OURS,
        title: "The folder holds files that wellspring did not write",
        meaning: "A new study replaces the results of the one before in the same folder. What wellspring wrote is listed in manifest.json there; a folder without it, or with other files beside, is left alone, so that nothing of yours is lost.",
        example: "wellspring run one-per-cent --out ~/Documents",
        remedy: "Name another folder with --out, or move the files that are named out of it.",
    },
    Page {
        code: FILE_IN_THE_WAY,
        title: "A file is in the way of a folder",
        meaning: "Results are to be written to a folder, and a file has the name of the folder or of one above it.",
        example: "touch out && wellspring run one-per-cent",
        remedy: "Name another folder with --out, or move the file away.",
    },
    Page {
        code: NOT_WRITABLE,
        title: "The results cannot be written there",
        meaning: "The folder is not there, is not yours to write to, or its disk is read-only.",
        example: "wellspring simulate teacup.mdl --out /proc/teacup.csv",
        remedy: "Name a place that you may write to with --out. What was there before is untouched.",
    },
    Page {
        code: DISK_FULL,
        title: "The disk is full",
        meaning: "There is no space left, or you have used up your share of it. Results are swapped in only when they are whole, so what was there before is untouched.",
        example: "wellspring simulate teacup.mdl --out /dev/full",
        remedy: "Free some space, or write to another disk with --out.",
    },
    Page {
        code: NO_CODE,
        title: "There is no such diagnostic",
        meaning: "Each diagnostic has a code of a letter and three digits: C for commands and files, M0 for the text of a model, M1 for its structure, E for evidence, S for scenarios.",
        example: "wellspring explain M999",
        remedy: "`wellspring explain` lists all codes.",
    },
    Page {
        code: NO_NUMBER,
        title: "The run holds values that are no numbers",
        meaning: "Something was divided by zero, a root was taken of a negative number, or a value grew beyond all bounds. The table is written all the same, with NaN and inf in it, and the exit code is 3, so that no script takes it for a sound result.",
        example: "Share = Beds / Total ~ Dmnl ~ |\nTotal = 0 ~ beds ~ |\nBeds = 1 ~ beds ~ |",
        remedy: "Look at the variable and the time that are named. ZIDZ(a, b) is a/b, and 0 where b is 0; XIDZ(a, b, c) is c there. A smaller TIME STEP helps where a stock swings ever wider.",
    },
    Page {
        code: BUSY,
        title: "Another run is writing to this folder",
        meaning: "Two studies at once in one folder would mix their results, so the second one does not begin, and touches nothing. While a study writes to `results` it holds `results.lock` beside it. If it is cut off, the system gives the lock back.",
        example: "wellspring run one-per-cent & wellspring run one-per-cent",
        remedy: "Wait for the other run, or name another folder with --out.",
    },
    Page {
        code: NOTHING_FITS,
        title: "No programme is as asked",
        meaning: "The options of `wellspring programmes` keep those programmes that fit all of them, and none does.",
        example: "wellspring programmes --domain transport",
        remedy: "Type one of the words that the hint lists, or leave an option out.",
    },
    Page {
        code: NO_SUCH_STRATEGY,
        title: "The scenario has no such strategy",
        meaning: "`--strategy` takes the id of a strategy, the short word after `id =` in the scenario, not its name.",
        example: "wellspring loops one-per-cent --strategy unprotcted",
        remedy: "Type one of the ids that the hint lists; `wellspring scenarios NAME` shows them with their names.",
    },
    Page {
        code: ALREADY_THERE,
        title: "The new file is there already",
        meaning: "`wellspring new` begins a file and never replaces one, since what stands in it may be the work of days.",
        example: "wellspring new place Ambleside && wellspring new place Ambleside",
        remedy: "Go on with the file that is there, give the new one another name, or name another folder with --out.",
    },
    Page {
        code: NO_FILE_NAME,
        title: "No file name can be made of this",
        meaning: "The id of a new place, and the name of its file, are the letters and digits of its name in small letters \
                  with hyphens between the words.",
        example: "wellspring new place \"...\"",
        remedy: "Give it a name with letters or digits in it.",
    },
    Page {
        code: TEMPLATE,
        title: "The template of the report cannot be followed",
        meaning: "A template is a page with places to be filled, written as for Jinja. It has a mistake in its signs, or it names \
                  what a report does not have.",
        example: "wellspring run one-per-cent --template mine.html",
        remedy: "Look at the place that is shown. Begin with a copy of src/report/page/report.html, which uses all that a template \
                 can name, and change a little at a time.",
    },
    Page {
        code: NO_SIZE,
        title: "The size of the memory cannot be read",
        meaning: "`--memory` says how much memory the numbers of all draws may take. What does not fit is kept in a file while the study runs. It changes how a study is carried out, and never its results.",
        example: "wellspring run one-per-cent --memory 2",
        remedy: "Write a number and a unit: `500MB`, `1.5GB`, `2GiB`. Or leave --memory out: then it is 1GiB.",
    },
    Page {
        code: NO_SWEEP,
        title: "The scenario says not what is to be swept",
        meaning: "`wellspring sweep` goes through the settings that [sweep] in the scenario names, and this scenario has none.",
        example: "wellspring sweep one-per-cent",
        remedy: "Copy the scenario, and add [sweep] with outcomes = [\"net-at-horizon:cash\"] and [[sweep.over]] with a lever and \
                 its values.",
    },
    Page {
        code: NO_SHARD,
        title: "The part is no part of a whole",
        meaning: "`--shard` takes the number of a part and how many parts there are. Parts are counted from 1.",
        example: "wellspring sweep study.toml --shard 5/4",
        remedy: "Write --shard 1/4 to --shard 4/4, each with a folder of its own, and join them with `wellspring merge`.",
    },
    Page {
        code: OTHER_RUN,
        title: "The work was begun with other inputs",
        meaning: "Parts of a sweep are joined, and an interrupted sweep goes on, only if scenario, model, evidence, draws, seed \
                  and the version of Wellspring are the same: else numbers of different studies would stand in one table.",
        example: "wellspring sweep study.toml --draws 200 --resume, where the interrupted sweep had 100 draws",
        remedy: "Run it with the inputs with which it was begun, or begin anew: without --resume, or all parts again.",
    },
    Page {
        code: NOT_A_PART,
        title: "Parts of a sweep are missing",
        meaning: "`wellspring merge` joins the folders that `wellspring sweep --shard` has written. A folder that is named holds \
                  no part, or the parts together are not the whole sweep.",
        example: "wellspring merge out/study-1-of-2 --out out/study",
        remedy: "Name the folders of all parts.",
    },
    Page {
        code: MODEL_ALONE,
        title: "A model by itself has no study",
        meaning: "A scenario with kind = \"model\" asks a model file for some of its variables. It names no accounts, place or \
                  programmes, so there is nothing from which payback, health or demand could be worked out.",
        example: "wellspring run examples/sir/sir.toml",
        remedy: "Use `wellspring sweep` with it. For a study, write a scenario of the other kind: `wellspring scenarios` lists those \
                 that ship.",
    },
    Page {
        code: NOT_A_FORM,
        title: "The file is no workbook of a place",
        meaning: "A place file is made of a workbook that `wellspring new workbook` has begun: an .xlsx file with the sheets `Read me` and `Figures`. This file is another, or a spreadsheet has saved it in another form.",
        example: "wellspring new place --from budget.xlsx",
        remedy: "Begin a workbook with `wellspring new workbook \"My town\"`, fill in its yellow cells, and save it as .xlsx.",
    },
    Page {
        code: FORM_NUMBER,
        title: "A cell of a workbook does not hold what is due",
        meaning: "A yellow cell under `Numbers` must hold a number. Words, a date, a number typed as text, or nothing at all cannot be used. The same is said where no source is named.",
        example: "\"about 300\" in cell C12 of the sheet Figures",
        remedy: "Write digits alone, as a number and not as text: 1234.5. What is doubtful about it goes into the note.",
    },
    Page {
        code: FORM_NEGATIVE,
        title: "A number of a workbook is below zero",
        meaning: "People, beds, pounds and rates that a place gives are never below zero. A minus sign is most often a slip, or a change entered where a level belongs.",
        example: "-12 residents in cell C12 of the sheet Figures",
        remedy: "Write the level itself.",
    },
    Page {
        code: FORM_NAME,
        title: "A name in a workbook is not what it was",
        meaning: "The white cells of a workbook say what each number is. If a row was moved, a column sorted or a name changed, a number would go to the wrong place, so nothing is read. The same is said of a grade other than A, B or C, and of `Holds here` other than yes or no.",
        example: "`Q6` in cell A17 of the sheet Figures, where `Q5` belongs",
        remedy: "Undo the change, or begin a new workbook and copy the yellow cells into it.",
    },
    Page {
        code: FORM_UNIT,
        title: "A unit in a workbook is not what it was",
        meaning: "The model takes each number in the unit that the workbook was begun with. A changed unit means that the numbers are in another, which cannot be guessed.",
        example: "\"births per 100 residents\" where \"births per 1,000 residents\" belongs",
        remedy: "Bring the numbers to the unit that was there, and write that unit again.",
    },
    Page {
        code: SEVERAL_PLACES,
        title: "One place is given to a scenario of several",
        meaning: "`wellspring new scenario --place` puts a place where another stood. A scenario of several places also says how they share the money, which one place does not.",
        example: "wellspring new scenario \"My plan\" --like both-systems --place blackpool",
        remedy: "Leave out --place, or begin with a scenario of one place.",
    },
    Page {
        code: BASE,
        title: "The base is no power of two",
        meaning: "The points of sobol come from a sequence that fills the space evenly after 2, 4, 8, ... points and at no other \
                  number. A scenario can be run at any base, so there is no reason to take an uneven one.",
        example: "wellspring sensitivity one-per-cent --method sobol --base 1000",
        remedy: "Take one of the two bases that the hint names.",
    },
    Page {
        code: NO_SUCH_INPUT,
        title: "A group of uncertainties that cannot be made",
        meaning: "A group of [sensitivity.groups], --group or --groups holds patterns of names, `*` standing for any letters. Each must \
                  fit an uncertainty that no earlier group has taken, and a group has a name of its own. In a file of groups \
                  an uncertainty may fit one group only, but for the pattern `*`, which takes what is left.",
        example: "[sensitivity.groups]\n\"Unit costs\" = [\"Unit cots*\"]",
        remedy: "Correct the pattern, or put the narrower group first. inputs.csv of an earlier analysis names all uncertainties.",
    },
    Page {
        code: NO_UNCERTAINTY,
        title: "Nothing is uncertain",
        meaning: "A sensitivity analysis asks which uncertainty moves an outcome, and the scenario has none.",
        example: "wellspring sensitivity certain.toml --method morris",
        remedy: "Give constants a range in the scenario, or sweep levers with `wellspring sweep`.",
    },
    Page {
        code: NO_SAMPLE,
        title: "No size of a sample",
        meaning: "The base, trajectories or draws of a sample and the number of inputs to keep are whole numbers from 1 (a stored \
                  sample from 50), and not so large that the memory of most machines would be full.",
        example: "wellspring sensitivity one-per-cent --method sobol --keep 0",
        remedy: "Take 20 trajectories of morris, a base of 1,024 of sobol with --keep 40, or 1,000 draws as a beginning.",
    },
    Page {
        code: OTHER_METHOD,
        title: "The method does not go with what is analysed",
        meaning: "A scenario is analysed by morris, sobol, tornado or stored; a sample made elsewhere by any method but tornado and \
                  stored. rbd-fast, pawn, delta and ranks of a scenario are all part of stored.",
        example: "wellspring sensitivity one-per-cent --method pawn",
        remedy: "Name a method that goes with it.",
    },
    Page {
        code: TIED_APART,
        title: "A group parts what is correlated",
        meaning: "Shares of variance and elementary effects take what is moved apart to be independent. The uncertainties of a \
                  [[correlation]] are therefore moved together. A group that has some of them and not others cannot be moved alone.",
        example: "[[correlation]]\nnames = [\"Backfill\", \"Price\"]\nevery_pair = 0.5\n\n[sensitivity.groups]\n\"Beds\" = [\"Backfill\"]",
        remedy: "Put all of them into one group, or none of them: then they are one by themselves.",
    },
    Page {
        code: NO_DECISION,
        title: "The study says nothing of the choice",
        meaning: "`wellspring decide` compares what strategies cost and what they bring, draw by draw. It needs accounts with a \
                  perspective that counts QALYs, and enough draws to draw curves through: 40 at least that came out as numbers.",
        example: "wellspring decide one-per-cent --draws 10",
        remedy: "Ask for more draws: 40 show that it works, 1,000 are a sound basis.",
    },
    Page {
        code: NO_MIX,
        title: "There is no mix to be sought",
        meaning: "`wellspring optimise` moves money between programmes. It needs a scenario whose [[shares]] name the constants \
                  that are shares, each element set as a lever, and accounts that measure the goal; and limits and numbers of plans that can be.",
        example: "wellspring optimise one-per-cent --goal qalys --plans 0",
        remedy: "Declare the shares in the scenario, choose another goal, or ask for more plans.",
    },
    Page {
        code: NOTHING_MEETS,
        title: "No plan keeps all limits",
        meaning: "The limits on shares rule each other out: whatever is given to one programme, some limit is broken. Those that \
                  are named could be kept if any one of them were left out.",
        example: "wellspring optimise one-per-cent --goal qalys --most-share 0.05",
        remedy: "Give one of the limits more room.",
    },
    Page {
        code: NOT_A_PLAN,
        title: "There are no plans to compare in what is named",
        meaning: "`wellspring compare` takes scenarios and folders of results. What is named is neither, or it is a folder without \
                  the manifest and the tables of a study, such as that of a sweep.",
        example: "wellspring compare one-per-cent heathy-homes",
        remedy: "Name a shipped scenario, the file of a scenario, or a folder that `wellspring run` has written.",
    },
    Page {
        code: NOT_FINISHED,
        title: "A folder of results is not finished",
        meaning: "Its run is under way or was cut off, so that there are no numbers, or not all, in it.",
        example: "wellspring compare out/one-per-cent.partial healthy-homes",
        remedy: "Wait until the run is done, or run it again.",
    },
    Page {
        code: NOT_AMONG_PLANS,
        title: "What is compared has no such strategy",
        meaning: "After the colon stands the id of a strategy, the short word after `id =` in the scenario, not its name.",
        example: "wellspring compare one-per-cent:from-growt one-per-cent:base-cut",
        remedy: "Type one of the ids that the hint lists.",
    },
    Page {
        code: ONE_PLAN,
        title: "There is only one plan to compare",
        meaning: "Each strategy of what is named is a plan, and the same strategy named twice is one. Two plans at least can be \
                  compared.",
        example: "wellspring compare one-per-cent:from-growth",
        remedy: "Name another scenario, folder or strategy as well.",
    },
    Page {
        code: NO_COMMON_YEAR,
        title: "The plans have no year in common",
        meaning: "Plans are set side by side over the years that all of them have. The first of these plans ends before another \
                  begins, or a table of a folder tells of no year.",
        example: "wellspring compare out/from-2025 out/from-2045",
        remedy: "Run the plans from the same year, and with horizons that overlap.",
    },
    Page {
        code: NO_PRECISION,
        title: "The precision cannot be read, or is met never or always",
        meaning: "`--until` says how small the standard errors must be before a study stops: a percentage of each number, or of the width of its 90 % interval where that is more.",
        example: "wellspring run one-per-cent --until 0.01",
        remedy: "Write a percentage above 0% and below 100%: `--until 1%`.",
    },
    Page {
        code: NO_ROUNDS,
        title: "The draws allowed are too few or too many",
        meaning: "`--at-most` ends a study that is not precise yet. It must leave room for the first round, which takes the draws of --draws.",
        example: "wellspring run one-per-cent --until 1% --draws 2000 --at-most 1000",
        remedy: "Name more draws than the first round takes, or leave --at-most out: then it is 65,536.",
    },
    Page {
        code: NO_PARQUET,
        title: "The program was built without Parquet",
        meaning: "`--parquet` writes tables in a second form. The library for it is large and most people need none of it, so it is \
                  in the program only if that was asked for when it was built.",
        example: "wellspring sweep study.toml --parquet",
        remedy: "Build it with `cargo install --path . --features parquet`, or read the comma-separated tables: they have the same \
                 rows.",
    },
    Page {
        code: NO_ROLES,
        title: "A folder of results that does not say which of its ledgers is which",
        meaning: "What a model spends, saves and gains stands in its tables under names that the model gives. The manifest says which \
                  name is which; a folder of an earlier version does not. Its plans are compared by what has the same name in every \
                  model: net position, payback and the change of demands. Nothing is guessed from a name.",
        example: "wellspring compare out/last-year out/one-per-cent",
        remedy: "Run the study of that folder again, by the command in its manifest.",
    },
    Page {
        code: NOT_A_FILE,
        title: "A pipe, a socket or a device where a file belongs",
        meaning: "Files are read whole, and their fingerprints go into the manifest, so that the study can be repeated. What a pipe or a \
                  device gives is there once, may never come, and may never end.",
        example: "wellspring check /dev/stdin",
        remedy: "Save what it gives to a file, and name that.",
    },
    Page {
        code: REPLACES_INPUT,
        title: "The result would take the place of what it is made from",
        meaning: "`--out` names a file or a folder that the command reads. Writing there would lose it.",
        example: "wellspring merge out/study-1-of-2 out/study-2-of-2 --out out/study-1-of-2",
        remedy: "Name another file or folder with --out.",
    },
    Page {
        code: CHANGED,
        title: "A table is not as wellspring wrote it",
        meaning: "The manifest of a folder of results holds the fingerprint (SHA-256) of every file in it. That of a table is another now: \
                  it was edited, or saved by a spreadsheet, which rounds numbers. What is compared may be no result of the study.",
        example: "wellspring compare out/one-per-cent healthy-homes, after money.csv was saved in a spreadsheet",
        remedy: "Run the study again by the command in the manifest, or put the file back as it was. Work on copies.",
    },
    Page {
        code: CUT_OFF,
        title: "A part of a sweep was cut off",
        meaning: "The part holds some of its blocks, and not all: its run was interrupted, or its file was cut off when it was copied.",
        example: "wellspring merge out/study-1-of-2 out/study-2-of-2 --out out/study, after the second was interrupted",
        remedy: "Go on with it by the command that began it and --resume, or copy it again; then merge.",
    },
    Page {
        code: MISUSED,
        title: "The command cannot be understood",
        meaning: "A command, an option or its value is none that there is. This code is only told to programs, with --format json or --json; \
                  people are shown the usage.",
        example: "wellspring run one-per-cent --draw 100 --format json",
        remedy: "`wellspring COMMAND --help` lists the options of a command.",
    },
    Page {
        code: NO_INSTRUCTION_SET,
        title: "WELLSPRING_ISA names no instruction set that there is",
        meaning: "The environment's WELLSPRING_ISA forces the width of vectors that runs are computed with: `baseline`, `avx2` or `avx512`, where the processor has them. It changes no result. A name that is none of them is a slip, and nothing is computed.",
        example: "WELLSPRING_ISA=nonsense wellspring run one-per-cent",
        remedy: "Correct the name, or unset the variable: then the widest is taken.",
    },
    Page {
        code: OUTPUT_IS_INPUT,
        title: "The result would overwrite what is read",
        meaning: "--out names the model or scenario itself, perhaps by another spelling of its path or by a link. It was not touched.",
        example: "wellspring simulate teacup.mdl --out ./teacup.mdl",
        remedy: "Name another file. `--out -` is standard output.",
    },
];
