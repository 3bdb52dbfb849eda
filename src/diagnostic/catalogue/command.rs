//! Diagnostics of commands and files (C001 and up).

use super::{Code, Page};

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
pub const TEMPLATE: Code = Code("C030");

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
        meaning: "The file is there, but the system does not let it be read, or it is longer than any model or evidence can be (64 MB).",
        example: "wellspring check /dev/zero.mdl",
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
        meaning: "Two studies at once in one folder would mix their results, so the second one does not begin.",
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
];
