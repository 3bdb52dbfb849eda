//! Models at random: what is written reads back; and no text at all brings the reader down.

use proptest::prelude::*;
use proptest::sample::select;

use super::{read, rendered, said, sound};
use crate::model::{
    BinaryOperator, Body, Equation, Expression, ExpressionKind, Function, Group, Item, LeftSide, Lookup, Mapping,
    Model, Name, RangeElement, Subscript, SubscriptRange, TextRange, UnaryOperator, UnitExpression, Units, Unread,
};
use crate::notation::vensim::write;

const NOWHERE: TextRange = TextRange { start: 0, end: 0 };

fn name() -> impl Strategy<Value = Name> {
    let odd = [
        "MIN",
        "with lookup",
        "A&E \"minor\"",
        "5 to 17",
        "a~b|c{d}",
        "£ spent",
        "x\\",
        "Größe der Räume",
        "TABBED ARRAY",
        "random normal",
        "'s",
        "a:AND:b",
        "[x]",
        "***",
    ];
    prop_oneof![
        4 => "[A-Za-z][A-Za-z0-9]{0,5}( [a-z0-9']{1,4}){0,2}",
        1 => select(odd.to_vec()).prop_map(str::to_owned),
        1 => "[ -~]{1,6}",
    ]
    .prop_map(|spelling| Name::new(&format!("\"{}\"", spelling.replace('\\', "\\\\").replace('"', "\\\""))))
    .prop_filter("a name has letters", |name| !name.spelling().is_empty())
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-1000..1000i32).prop_map(f64::from),
        any::<f64>().prop_filter("finite", |number| number.is_finite()),
        Just(-(2.0f64).powi(109)),
        Just(0.1),
    ]
}

fn subscripts(most: usize, may_sum: bool) -> impl Strategy<Value = Vec<Subscript>> {
    let subscript = (name(), any::<bool>()).prop_map(move |(name, summed)| Subscript {
        name,
        summed: summed && may_sum,
        at: NOWHERE,
    });
    prop::collection::vec(subscript, 0..=most)
}

fn lookup() -> impl Strategy<Value = Lookup> {
    let drawn = prop::option::of([number(), number(), number(), number()]);
    (drawn, prop::collection::vec((number(), number()), 2..6))
        .prop_map(|(drawn, mut points)| {
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            points.dedup_by(|a, b| a.0 == b.0);
            Lookup { drawn, points, at: NOWHERE }
        })
        .prop_filter("two points", |lookup| lookup.points.len() > 1)
}

fn expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        number().prop_map(ExpressionKind::Number),
        (name(), subscripts(2, true)).prop_map(|(name, subscripts)| ExpressionKind::Reference { name, subscripts }),
    ]
    .prop_map(|kind| Expression { kind, at: NOWHERE });
    leaf.prop_recursive(6, 40, 4, |inner| {
        let unary = select(&[UnaryOperator::Negate, UnaryOperator::Plus, UnaryOperator::Not][..]);
        let binary = select(
            &[
                BinaryOperator::Add,
                BinaryOperator::Subtract,
                BinaryOperator::Multiply,
                BinaryOperator::Divide,
                BinaryOperator::Power,
                BinaryOperator::Less,
                BinaryOperator::LessOrEqual,
                BinaryOperator::Greater,
                BinaryOperator::GreaterOrEqual,
                BinaryOperator::Equal,
                BinaryOperator::NotEqual,
                BinaryOperator::And,
                BinaryOperator::Or,
            ][..],
        );
        let function = select(Function::all().collect::<Vec<_>>());
        prop_oneof![
            2 => (unary, inner.clone()).prop_map(|(operator, operand)| ExpressionKind::Unary { operator, operand: Box::new(operand) }),
            4 => (binary, inner.clone(), inner.clone())
                .prop_map(|(operator, left, right)| ExpressionKind::Binary { operator, left: Box::new(left), right: Box::new(right) }),
            1 => (function, prop::collection::vec(inner.clone(), 5)).prop_map(|(function, mut arguments)| {
                arguments.truncate(function.parameters().len());
                ExpressionKind::Call { function, name_at: NOWHERE, arguments }
            }),
            1 => (name(), subscripts(2, false), inner.clone())
                .prop_map(|(name, subscripts, argument)| ExpressionKind::LookupCall { name, subscripts, argument: Box::new(argument) }),
            1 => (inner, lookup()).prop_map(|(argument, lookup)| ExpressionKind::WithLookup { argument: Box::new(argument), lookup }),
        ]
        .prop_map(|kind| Expression { kind, at: NOWHERE })
    })
}

fn table() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (1..4usize).prop_flat_map(|columns| prop::collection::vec(prop::collection::vec(number(), columns), 1..4))
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![
        6 => expression().prop_map(Body::Expression),
        1 => table().prop_map(|rows| Body::ConstantTable { rows, at: NOWHERE }),
        1 => lookup().prop_map(Body::Lookup),
    ]
}

fn units() -> impl Strategy<Value = Option<Units>> {
    let texts = ["people", "Dmnl", "people/(Year*GBP)", "1/Year", "m^2", "bed days/Year", "£"];
    let range = prop::option::of(prop::collection::vec(
        prop::option::of(number().prop_filter("no :NA:", |n| *n != -(2.0f64).powi(109))),
        1..4,
    ));
    prop::option::of((select(texts.to_vec()), range).prop_map(|(text, range)| Units {
        text: text.to_owned(),
        expression: UnitExpression::parse(text).unwrap(),
        range,
        at: NOWHERE,
    }))
}

fn comment() -> impl Strategy<Value = String> {
    "([A-Za-z=,.(){}\"'£]([ -z]{0,10}[a-z.)])?\n{0,2}){0,3}".prop_map(|comment| {
        let lines: Vec<&str> = comment.lines().map(|line| line.trim().trim_end_matches('\\').trim()).collect();
        lines.join("\n").trim().to_owned()
    })
}

fn range() -> impl Strategy<Value = SubscriptRange> {
    let element = prop_oneof![
        3 => name().prop_map(|name| RangeElement::Named(name, NOWHERE)),
        1 => (name(), name()).prop_map(|(first, last)| RangeElement::Numbered { first, last, at: NOWHERE }),
    ];
    let mapping = (name(), prop::option::of(prop::collection::vec(name(), 1..4)))
        .prop_map(|(target, elements)| Mapping { target, elements, at: NOWHERE });
    let whole = (prop::collection::vec(element, 1..5), prop::collection::vec(mapping, 0..3));
    let kind = prop_oneof![4 => whole.prop_map(Ok), 1 => name().prop_map(Err)];
    (name(), kind, comment()).prop_map(|(name, kind, comment)| {
        let (elements, mappings, alias_of) = match kind {
            Ok((elements, mappings)) => (elements, mappings, None),
            Err(original) => (Vec::new(), Vec::new(), Some(original)),
        };
        SubscriptRange { name, elements, mappings, alias_of, comment, group: None, at: NOWHERE }
    })
}

fn equation() -> impl Strategy<Value = Equation> {
    let left = (name(), subscripts(3, false), prop::collection::vec(subscripts(2, false), 0..3));
    (left, body(), units(), comment(), any::<bool>()).prop_map(
        |((name, subscripts, exceptions), body, units, comment, supplementary)| {
            let exceptions = exceptions.into_iter().filter(|exception| !exception.is_empty()).collect();
            let left = LeftSide { name, subscripts, exceptions, at: NOWHERE };
            Equation { left, body, units, comment, supplementary, group: None, at: NOWHERE }
        },
    )
}

fn model() -> impl Strategy<Value = Model> {
    let item = prop_oneof![
        1 => ("[A-Z][a-z ]{0,6}[a-z]", comment()).prop_map(|(name, comment)| {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            Item::Group(Group { name, comment, at: NOWHERE })
        }),
        1 => range().prop_map(Item::Range),
        4 => equation().prop_map(Item::Equation),
    ];
    prop::collection::vec(item, 0..5).prop_map(|mut items| {
        let mut groups = 0usize;
        for item in &mut items {
            match item {
                Item::Group(_) => groups += 1,
                Item::Range(range) => range.group = groups.checked_sub(1),
                Item::Equation(equation) => equation.group = groups.checked_sub(1),
            }
        }
        Model {
            file: "".into(),
            text: "".into(),
            items,
            unit_synonyms: vec![vec!["GBP".into(), "pounds".into()]],
            unread: Unread::default(),
            integration: None,
        }
    })
}

/// Pieces of the language, thrown together.
fn fragments() -> impl Strategy<Value = String> {
    let pieces = [
        "A",
        "Bed occupancy",
        "=",
        "==",
        ":=",
        "(",
        ")",
        "[",
        "]",
        ",",
        ";",
        "~",
        "|",
        "\n",
        "\\\n",
        "{",
        "}",
        "\"",
        "'",
        "\\",
        "1",
        "2.5e",
        "1e999",
        ".",
        "..",
        "-",
        "+",
        "*",
        "/",
        "^",
        "<",
        "<>",
        "<->",
        "->",
        ":",
        ":AND:",
        ":NOT:",
        ":EXCEPT:",
        ":RAW:",
        ":MACRO:",
        ":END OF MACRO:",
        ":NA:",
        "MIN(",
        "WITH LOOKUP(",
        "TABBED ARRAY(",
        "RANDOM NORMAL(",
        "SUM(",
        "!",
        "****",
        ".Group",
        "\\\\\\---///",
        " ",
        "\t",
        "£",
        "\u{feff}",
        "é",
        "𝛼",
        "?",
        "~ ~ |",
        "~ u [0,?] ~ said |\n",
    ];
    prop::collection::vec(select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_model_written_reads_back_the_same(model in model()) {
        let written = write(&model);
        let again = sound(&written);
        prop_assert_eq!(said(&again), said(&model), "{}", written);
        prop_assert_eq!(write(&again), written);
    }

    #[test]
    fn any_text_is_read_and_every_place_lies_in_it(text in prop_oneof![fragments(), any::<String>()]) {
        let (model, found) = read(&text);
        for diagnostic in found.iter() {
            let span = diagnostic.span.as_ref().unwrap();
            prop_assert!(span.start <= span.end && span.start <= text.len() + 1, "{:?}", diagnostic);
        }
        rendered(&text, &found);
        prop_assert_eq!(said(&read(&write(&model)).0), said(&model), "{}", text);
    }

    #[test]
    fn a_model_with_a_few_letters_changed_is_read(model in model(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4)) {
        let mut letters: Vec<char> = write(&model).chars().collect();
        for (chosen, source) in changes {
            let letter = *source.get(&letters);
            let chosen = chosen.index(letters.len());
            letters[chosen] = letter;
        }
        let text: String = letters.into_iter().collect();
        let (_, found) = read(&text);
        rendered(&text, &found);
    }
}
