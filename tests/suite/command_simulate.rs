//! `wellspring simulate`: one run of a model, to the digit.

use std::fs;
use std::process::Stdio;

use crate::transcript::{folder, session, wellspring};

const TEACUP: &str = "{UTF-8}
Tea temperature = INTEG(-Cooling, 80) ~ degree ~ |
Cooling = (Tea temperature - Room temperature)/Time to cool ~ degree/minute ~ |
Room temperature = 20 ~ degree ~ |
Time to cool = 10 ~ minute ~ |
INITIAL TIME = 0 ~ minute ~ |
FINAL TIME = 2 ~ minute ~ |
TIME STEP = 0.5 ~ minute ~ |
SAVEPER = 1 ~ minute ~ |
";

const WARDS: &str = "{UTF-8}
Quintile: Q1, Q2 ~ ~ |
Age: Age 0 to 4, Age 5 to 17 ~ ~ |
Beds[Quintile,Age] = 1, 2; 3, 4; ~ beds ~ |
\"Cost, all\" = SUM(Beds[Quintile!,Age!])*Price(1) ~ GBP ~ |
Price((0,0),(1,10)) ~ GBP/beds ~ |
Spare = -0.1 ~ beds ~ |
Slow = SMOOTH3(Spare, 2) ~ beds ~ |
INITIAL TIME = 0 ~ year ~ |
FINAL TIME = 1 ~ year ~ |
TIME STEP = 1 ~ year ~ |
SAVEPER = 1 ~ year ~ |
";

#[test]
fn the_table_has_the_time_first_and_all_variables_in_file_order() {
    session(
        &[("teacup.mdl", TEACUP)],
        "
$ wellspring simulate teacup.mdl
time,Tea temperature,Cooling,Room temperature,Time to cool,INITIAL TIME,FINAL TIME,TIME STEP,SAVEPER
0,80,6,20,10,0,2,0.5,1
1,74.15,5.415000000000001,20,10,0,2,0.5,1
2,68.87037500000001,4.887037500000001,20,10,0,2,0.5,1
",
    );
}

#[test]
fn elements_are_columns_and_lookups_and_inner_stocks_are_not() {
    session(
        &[("wards.mdl", WARDS)],
        "
$ wellspring simulate wards.mdl
time,\"Beds[Q1,Age 0 to 4]\",\"Beds[Q1,Age 5 to 17]\",\"Beds[Q2,Age 0 to 4]\",\"Beds[Q2,Age 5 to 17]\",\"Cost, all\",Spare,Slow,INITIAL TIME,FINAL TIME,TIME STEP,SAVEPER
0,1,2,3,4,100,-0.1,-0.1,0,1,1,1
1,1,2,3,4,100,-0.1,-0.1,0,1,1,1
",
    );
}

#[test]
fn constants_are_set_whole_and_by_element_and_the_element_wins() {
    session(
        &[("teacup.mdl", TEACUP), ("wards.mdl", WARDS)],
        "
$ wellspring simulate teacup.mdl --set \"room_temperature = 10\" --set \"TIME STEP=1\" --vars \"tea temperature\"
time,Tea temperature
0,80
1,73
2,66.7
$ wellspring simulate teacup.mdl --set \"Room temperature=1.5e1\" --set \"FINAL TIME=1\" --vars \"Tea temperature,Room temperature\" --integrator rk4
time,Tea temperature,Room temperature
0,80,15
1,73.81443249170363,15
$ wellspring simulate wards.mdl --set \"Beds[Q2,Age 0 to 4]=9\" --set \"Beds=5\" --set \"Beds[Q1,Age]=7\" --vars \"Beds,Cost\"
! error[C009]: the model has no variable `Cost`
!  |
!  = hint: without --vars every variable is written
? 1
$ wellspring simulate wards.mdl --set \"Beds[Q2,Age 0 to 4]=9\" --set \"Beds=5\" --set \"Beds[Q1,Age]=7\" --vars '\"Cost, all\",Beds[Quintile,Age 0 to 4],Beds[Q1,Age 0 to 4]'
time,\"Beds[Q1,Age 0 to 4]\",\"Beds[Q2,Age 0 to 4]\",\"Cost, all\"
0,7,9,280
1,7,9,280
",
    );
}

#[test]
fn what_is_no_constant_is_met_with_the_nearest_one() {
    session(
        &[("teacup.mdl", TEACUP), ("wards.mdl", WARDS)],
        "
$ wellspring simulate teacup.mdl --set \"Rom temperature=18\" --set \"Tea temperature=4\" --set \"Milk=1\" --set \"Time to cool=1\" --set \"Time to cool=2\"
! error[M130]: the model has no constant `Rom temperature`
!  --> --set:1:1
!   |
! 1 | Rom temperature=18
!   | ^^^^^^^^^^^^^^^^^^
!   |
!   = hint: did you mean `Room temperature`, defined at line 4 of teacup.mdl?
!
! error[M131]: `Tea temperature` cannot be set: it is a stock
!  --> --set:2:1
!   |
! 2 | Tea temperature=4
!   | ^^^^^^^^^^^^^^^^^
!   |
!   = hint: only constants can be set; it is defined at line 2 of teacup.mdl
!   = hint: it follows from `Room temperature` and `Time to cool`, which can be set
!
! error[M130]: the model has no constant `Milk`
!  --> --set:3:1
!   |
! 3 | Milk=1
!   | ^^^^^^
!   |
!   = hint: the model's constants are `Room temperature`, `Time to cool`, `INITIAL TIME`, `FINAL TIME`, `TIME STEP` and others
!
! error[M132]: `Time to cool` is given two values
!  --> --set:5:1
!   |
! 5 | Time to cool=2
!   | ^^^^^^^^^^^^^^
!   |
!   = hint: the other value is in --set; keep one of them
? 1
$ wellspring simulate wards.mdl --set \"Beds[Q3,Age]=1\"
! error[M133]: `Q3` is no element of `Quintile`, a subscript of `Beds`
!  --> --set:1:1
!   |
! 1 | Beds[Q3,Age]=1
!   | ^^^^^^^^^^^^^^
!   |
!   = hint: did you mean `Q1`?
? 1
",
    );
}

#[test]
fn a_table_goes_to_a_file_whole() {
    session(
        &[("teacup.mdl", TEACUP), ("tea.csv", "yesterday's\n")],
        "
$ wellspring simulate teacup.mdl --vars Cooling --out tea.csv
$ cat tea.csv
time,Cooling
0,6
1,5.415000000000001
2,4.887037500000001
$ ls .
tea.csv  teacup.mdl
",
    );
}

#[test]
fn a_shipped_model_runs_by_its_name() {
    let folder = folder(&[]);
    let output = wellspring(folder.path()).args(["simulate", "prevention", "--vars", "TIME STEP"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.starts_with("time,TIME STEP\n-1,0.0625\n"), "{table}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = folder(&[("teacup.mdl", TEACUP)]);
    let mut command = wellspring(folder.path());
    command.args(["simulate", "teacup.mdl", "--set", "TIME STEP=0.0001", "--set", "SAVEPER=0.0001"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
#[cfg(target_os = "linux")]
fn standard_output_on_a_full_disk_is_an_error() {
    let folder = folder(&[("teacup.mdl", TEACUP)]);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = wellspring(folder.path()).args(["simulate", "teacup.mdl"]).stdout(full).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.starts_with("error[C015]: standard output could not be written: the disk is full"), "{said}");
}

#[test]
fn no_colour_where_nobody_sees_it() {
    let folder = folder(&[]);
    let output = wellspring(folder.path()).env_remove("NO_COLOR").args(["simulate", "x.mdl"]).output().unwrap();
    assert!(!output.stderr.contains(&0x1b));
    let output = wellspring(folder.path())
        .env_remove("NO_COLOR")
        .env("CLICOLOR_FORCE", "1")
        .args(["simulate", "x.mdl"])
        .output();
    assert!(output.unwrap().stderr.contains(&0x1b));
}
