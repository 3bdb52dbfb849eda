//! The language by example.

use super::{codes, only, read, rewritten, said, sound};
use crate::model::{Body, Expression, ExpressionKind, Function, Item, Name, RangeElement, UnitExpression};
use crate::notation::vensim::write;

const MODEL: &str = r#"{UTF-8}
Quintile: Q1, Q2, (Q3-Q5) -> Tenth, (Half: poor, rich)
	~
	~	national quintiles |
Poor: Q1, Q2 ~~|
Also quintile <-> Quintile ~~|
{ a remark with | and ~ in it }
Population[Quintile] = INTEG (
	Births [Quintile] - Deaths[Quintile] ,
		Initial people[Quintile])
	~	people [0,?]
	~	Everybody,  \
		young and old.
		Two lines.
	|
Births[Poor] = Population[Poor] * Birth rate {per year} ~ people/Year ~ ~ :SUPPLEMENTARY |
Births[Quintile] :EXCEPT: [Q1], [Q2] = 0 ~~|
Initial people[Quintile] = 1,2,3,-4,5e3 ~ people ~|
Weights[Quintile,Poor] = 1,2; 3,4; 5,6; 7,8; 9,10; ~~|
Tabs[Poor,Quintile] = TABBED ARRAY(
	1	2	3	4	-5
	6	7	8	9	10 ) ~~|
Effect([(0,0)-(10,10),(1,1)],(0,0),(1,-2.5),(10,.5)) ~~|
Old effect( 0,1,2, 10, 11, 12 ) ~~|
With = WITH LOOKUP ( Time, ([(0,0)-(10,10)],(0,0),(1,2) )) ~~|
"A&E \"minor\" attendances" = SUM( Population[Quintile!] ) * A&E rate ~~|
Fixed == 5. ~ £ ~|
********************************************************
	.Control
********************************************************~
		Simulation control
	|
TIME STEP = 0.0625 ~ Year [0,?,0.5] ~ The step. |
x = if  then
 else ( a >= 1 :AND: :NOT: b <> 2, Effect[Q1](a), :NA: ) ~~|
\\\---/// Sketch information - do not modify anything except names
this | is ~ no = model
"#;

#[test]
fn the_whole_language_is_read_without_complaint() {
    let model = sound(MODEL);
    assert_eq!(model.ranges().count(), 3);
    assert_eq!(model.equations().count(), 13);
}

#[test]
fn what_is_written_reads_back_to_the_same() {
    let model = sound(MODEL);
    let written = write(&model);
    let again = sound(&written);
    assert_eq!(said(&again), said(&model));
    assert_eq!(write(&again), written);
}

#[test]
fn ranges_hold_elements_counts_and_mappings() {
    let model = sound(MODEL);
    let range = model.ranges().next().unwrap();
    assert_eq!(range.comment, "national quintiles");
    assert!(
        matches!(&range.elements[2], RangeElement::Numbered { first, last, .. } if first.spelling() == "Q3" && last.spelling() == "Q5")
    );
    assert_eq!(range.mappings[0].elements, None);
    assert_eq!(range.mappings[1].elements, Some(vec![Name::new("poor"), Name::new("rich")]));
    assert_eq!(model.ranges().nth(2).unwrap().alias_of, Some(Name::new("Quintile")));
}

#[test]
fn units_and_comments_belong_to_their_equation() {
    let model = sound(MODEL);
    let population = model.equations().next().unwrap();
    let units = population.units.as_ref().unwrap();
    assert_eq!((units.text.as_str(), units.bounds()), ("people", (Some(0.0), None)));
    assert_eq!(units.expression, UnitExpression::base("People"));
    assert_eq!(population.comment, "Everybody, young and old.\nTwo lines.");
    assert!(model.equations().nth(1).unwrap().supplementary);
    assert_eq!(population.group, None);
    assert_eq!(model.equations().nth(11).unwrap().group, Some(0));
    let Some(Item::Group(group)) = model.items.iter().find(|item| matches!(item, Item::Group(_))) else {
        panic!("no group")
    };
    assert_eq!((group.name.as_str(), group.comment.as_str()), ("Control", "Simulation control"));
}

#[test]
fn places_point_at_what_they_name() {
    let model = sound(MODEL);
    let text = |at: crate::model::TextRange| &MODEL[at.start..at.end];
    let population = model.equations().next().unwrap();
    assert_eq!(text(population.left.at), "Population");
    assert!(
        text(population.at).starts_with("Population[Quintile] = INTEG")
            && text(population.at).ends_with("Initial people[Quintile])")
    );
    let Body::Expression(Expression { kind: ExpressionKind::Call { function, name_at, arguments }, .. }) =
        &population.body
    else {
        panic!()
    };
    assert_eq!((*function, text(*name_at)), (Function::Integ, "INTEG"));
    assert_eq!(text(arguments[0].at), "Births [Quintile] - Deaths[Quintile]");
}

#[test]
fn tables_are_read_row_by_row() {
    let model =
        sound("A[R] = 1,2,3 ~~| B[R,S] = 1,2;3,4; ~~| C[R] = TABBED ARRAY(1 -2) ~~| D[R] = 5; ~~| E[R] = 5 ~~|");
    let rows: Vec<_> = model
        .equations()
        .map(|equation| match &equation.body {
            Body::ConstantTable { rows, .. } => rows.clone(),
            _ => Vec::new(),
        })
        .collect();
    assert_eq!(
        rows,
        [
            vec![vec![1.0, 2.0, 3.0]],
            vec![vec![1.0, 2.0], vec![3.0, 4.0]],
            vec![vec![1.0, -2.0]],
            vec![vec![5.0]],
            vec![]
        ]
    );
}

#[test]
fn both_writings_of_a_lookup_are_one() {
    let model = sound("A((0,1),(2,3)) ~~| A(0,2,1,3) ~~|");
    let lookups: Vec<_> = model
        .equations()
        .map(|equation| match &equation.body {
            Body::Lookup(lookup) => lookup.points.clone(),
            _ => panic!("no lookup"),
        })
        .collect();
    assert_eq!(lookups[0], lookups[1]);
}

#[test]
fn operators_hold_as_tightly_as_in_vensim() {
    for (text, meant) in [
        ("-a^2", "-(a^2)"),
        ("-3^2", "-(3^2)"),
        ("a^-b", "a^(-b)"),
        ("-a*b", "(-a)*b"),
        ("a-b-c", "(a-b)-c"),
        ("a/b*c", "(a/b)*c"),
        ("a+b*c^d", "a+(b*(c^d))"),
        ("a - -3", "a-(-3)"),
        (":NOT: a > b", ":NOT: (a > b)"),
        (":NOT: a :AND: b", "(:NOT: a) :AND: b"),
        ("a :OR: b :AND: c", "a :OR: (b :AND: c)"),
        ("a + 1 < b = c", "((a + 1) < b) = c"),
    ] {
        assert_eq!(rewritten(text), rewritten(meant), "{text}");
    }
    assert_eq!(rewritten("a-(b-c)"), "a - (b - c)");
    assert_eq!(rewritten("(-3)^2"), "(-3)^2");
    assert_eq!(rewritten("-(3)"), "-(3)");
}

#[test]
fn a_power_of_a_power_is_read_from_the_right_with_a_warning() {
    assert_eq!(codes("x = a^b^c ~~|"), ["M029"]);
    assert_eq!(rewritten("a^b^c"), "a^(b^c)");
    assert!(codes("x = a^(b^c) + (a^b)^c ~~|").is_empty());
}

#[test]
fn numbers_are_read_in_every_writing_and_written_shortest() {
    for (text, written) in [
        ("1e-3", "0.001"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1E+3", "1000"),
        ("-0.1", "-0.1"),
        ("1e300", "1e300"),
        (":na:", ":NA:"),
        ("6.02e-23", "6.02e-23"),
    ] {
        assert_eq!(rewritten(text), written);
    }
}

#[test]
fn a_name_may_be_broken_over_lines() {
    let model = sound("Bed \\\n\t\toccupancy = Staffed\n  beds_now / \"Beds \\\n open\" ~~|");
    assert_eq!(only(&model).left.name, Name::new("bed occupancy"));
    assert_eq!(rewritten("Staffed\n  beds_now"), "Staffed beds now");
}

#[test]
fn one_mistake_costs_one_equation() {
    let (model, found) = read("A = 1 ~~| B = (2 ~~| C = 3 * / 4 ~~| D = A ~~| E = MIN(1) + FOO(1,2) ~ Year^x ~|");
    assert_eq!(found.iter().map(|d| d.code.0).collect::<Vec<_>>(), ["M007", "M012", "M016", "M015", "M017"]);
    let names: Vec<_> = model.equations().map(|equation| equation.left.name.spelling().to_owned()).collect();
    assert_eq!(names, ["A", "D"]);
}

#[test]
fn reading_goes_on_where_a_bar_is_missing() {
    let (model, found) = read("A = 1\n  ~ u\n  ~ said\nB = 2\n  ~ u\n  ~ said\n  |\nC = 3 ~ v\nD = 4 ~~\n|E=5~~|");
    assert_eq!(found.iter().map(|d| d.code.0).collect::<Vec<_>>(), ["M002", "M002"]);
    assert_eq!(model.equations().count(), 5);
    assert_eq!(model.equations().next().unwrap().comment, "said");
}

#[test]
fn windows_line_ends_make_no_difference() {
    let windows = MODEL.replace('\n', "\r\n");
    assert_eq!(said(&sound(&windows)), said(&sound(MODEL)));
}

#[test]
fn endless_nesting_is_refused_and_not_fatal() {
    for text in [
        format!("x = {}1{} ~~|", "(".repeat(50_000), ")".repeat(50_000)),
        format!("x = {}a ~~|", "-".repeat(50_000)),
        format!("x = a{} ~~|", "^a".repeat(50_000)),
        format!("x = a{} ~~|", "+a".repeat(50_000)),
        format!("x = {}a{} ~~|", "ABS(".repeat(50_000), ")".repeat(50_000)),
    ] {
        assert_eq!(codes(&text).last(), Some(&"M028"));
    }
    assert_eq!(codes(&format!("x = a ~ {}m{} ~|", "(".repeat(50_000), ")".repeat(50_000))), ["M017"]);
}

#[test]
fn what_vensim_itself_writes_is_read() {
    let model = sound(
        "\"Flow*with a ^ + {and} ~ | signs!\"=\n\t\"with \\\"Quotes\\\" in 'it' and \\ backslashes!!\"\\\n\t\t+1\n\t~\t\n\t~\t\t|\n
DimC:\n\tdc1,dc2,dc3->DimB\n\t~\t\n\t~\t\t|\n
expname table(\n\t[(0,-1)-(45,1)],(0,0),(5,0),(45,0\\\n\t\t))\n\t~\t\n\t~\t\t|\n
Stock= INTEG (\n\t-Outflow,\n\t\t10)\n\t~\t [0,?]\n\t~\tThis also has a sign. =)\n\t~\t:SUPPLEMENTARY \n\t|\n",
    );
    assert_eq!(model.equations().count(), 3);
    let stock = model.equations().nth(2).unwrap();
    assert_eq!(stock.units.as_ref().map(|units| (units.text.as_str(), units.bounds())), Some(("", (Some(0.0), None))));
    assert!(stock.supplementary);
}

#[test]
fn an_escaped_name_is_one_with_the_name_that_vensim_leaves_bare() {
    assert_eq!(rewritten("\"Beds\" * \"5 to 17\""), "Beds*\"5 to 17\"");
    assert_eq!(rewritten("\"MIN\"(x)"), "\"MIN\"(x)");
}
