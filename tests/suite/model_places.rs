//! P2 and B5: the shipped model in places that differ, against what is published of them and against each other.

use crate::support::{Central, CentralRun, of_place};
use crate::validation_page::{compare_table, percent, whole};

/// Systems with published totals of 2024/25 (NHS England's monthly statistics): attendances, emergency admissions.
const SYSTEMS: [(&str, &str, [f64; 2]); 4] = [
    ("england", "England", [27_410_390.0, 6_571_072.0]),
    ("lancashire-south-cumbria", "Lancashire and South Cumbria", [892_412.0, 218_718.0]),
    ("cheshire-merseyside", "Cheshire and Merseyside", [1_461_376.0, 364_241.0]),
    ("leicester-leicestershire-rutland", "Leicester, Leicestershire and Rutland", [450_758.0, 116_145.0]),
];
const SERVICES: [(&str, &str); 2] =
    [("A and E attendances", "A&E attendances"), ("Emergency admissions", "Emergency admissions")];

/// Demand in the base year.
fn base_year(run: &CentralRun, service: &str) -> f64 {
    run.sum(&format!("Demand[{service},Quintile]")).iter().take(16).sum::<f64>() / 16.0
}

#[test]
fn p2_the_base_year_of_four_systems_is_the_published_one_within_3_per_cent() {
    let mut rows = Vec::new();
    for (id, name, published) in SYSTEMS {
        let mut place = Central::of_texts(&of_place(id, &["L08"]));
        let run = place.save_every(0.0625).until(0.0).run();
        let national = place.set("Local level", 1.0).run();
        for ((service, label), published) in SERVICES.iter().zip(published) {
            let (found, rule) = (base_year(&run, service), base_year(&national, service));
            assert!((found / published - 1.0).abs() < 0.03, "{name}, {label}: {found} instead of {published}");
            // National rates by deprivation and age, with nothing local but the people, must come near by themselves.
            assert!((rule / published - 1.0).abs() < 0.15, "{name}, {label}: {rule} by rule, {published} published");
            rows.push(vec![
                name.to_owned(),
                (*label).to_owned(),
                whole(published),
                format!("{} ({})", whole(rule), percent(rule / published - 1.0, 1)),
                format!("{} ({})", whole(found), percent(found / published - 1.0, 1)),
            ]);
        }
    }
    let heading = ["system", "2024/25", "published", "national rates for its people", "with its local level"];
    compare_table("p2-systems", &heading, &rows);
}

/// A place at the start, by what makes places differ.
struct Portrait {
    name: &'static str,
    run: CentralRun,
}

impl Portrait {
    fn of(id: &str, name: &'static str) -> Self {
        let mut place = Central::of_texts(&of_place(id, &["E01", "E08", "L08", "M06"]));
        let total = place.clone().run().at("All residents", 0.0);
        let wanted = ["E01", "E08", "L08", "M06"];
        for programme in wanted {
            place.set(&format!("Programme share[{programme}]"), 0.25);
        }
        // Thirty pounds a head from outside, so that places of other sizes have the same money a head.
        place.set("Partner contribution", 30.0 * total).set("Ring fence strength", 1.0);
        Self { name, run: place.run() }
    }

    /// So many for each thousand residents, at the start of the plan.
    fn rate(&self, label: &str) -> f64 {
        1000.0 * self.run.at(label, 0.0) / self.run.at("All residents", 0.0)
    }

    fn share(&self, label: &str) -> f64 {
        self.run.at(label, 0.0) / self.run.at("All residents", 0.0)
    }
}

#[test]
fn b5_pennine_lancashire_leicester_and_rural_cumbria_run_and_differ_as_they_should() {
    let places = [
        Portrait::of("pennine-lancashire", "Pennine Lancashire"),
        Portrait::of("leicester", "Leicester"),
        Portrait::of("south-lakeland", "South Lakeland"),
    ];
    let [pennine, leicester, rural] = &places;
    for place in &places {
        for (_, label) in place.run.all() {
            assert!(place.run.sum(&label).iter().all(|value| value.is_finite()), "{}: {label}", place.name);
        }
        let audits: f64 = ["People audit", "Money audit", "Purse audit", "Fund audit"]
            .iter()
            .flat_map(|audit| place.run.sum(audit))
            .fold(0.0, |most, value| most.max(value.abs()));
        assert!(audits < 1e-8, "{} loses people or money: {audits}", place.name);
    }
    let poor = |place: &Portrait| place.share("Residents[Q1]");
    assert!(poor(pennine) > 0.4 && poor(leicester) > 0.3 && poor(rural) < 0.01);
    let old = |place: &Portrait| place.share("Population[Quintile,Age 80 and over]");
    assert!(old(rural) > 1.5 * old(pennine) && old(pennine) > old(leicester));
    // Children in care follow deprivation and the number of children: both are against the rural place.
    let care = |place: &Portrait| place.rate("Looked after children");
    assert!(care(pennine) > 3.0 * care(rural) && care(leicester) > 2.0 * care(rural));
    // Social care follows age first, so that the rural place has more clients although it is the least deprived.
    let clients = |place: &Portrait| place.rate("Demand[Adult social care clients,Quintile]");
    assert!(clients(rural) > clients(leicester));
    // People and age are not enough: at every age the poor are admitted more. Compare at equal ages.
    let admitted = |place: &Portrait, age: &str| {
        place.run.at(&format!("Emergency admissions by age[Quintile,{age}]"), 0.0)
            / place.run.at(&format!("Population[Quintile,{age}]"), 0.0)
            / place.run.at("Local level[Emergency admissions]", 0.0)
    };
    for age in ["Age 0 to 4", "Age 18 to 64", "Age 65 to 79", "Age 80 and over"] {
        assert!(admitted(pennine, age) > 1.08 * admitted(rural, age), "{age}");
    }
    // Contacts with mental health services follow deprivation.
    let contacts = |place: &Portrait| place.rate("Demand[Mental health contacts,Quintile]");
    assert!(contacts(pennine) > 1.2 * contacts(rural));
    // Hubs are for the two most deprived fifths: who is eligible follows who lives there.
    let hubs = |place: &Portrait| place.rate("Eligible[E01,Quintile]");
    assert!(hubs(rural) < 0.5 * hubs(pennine) && hubs(rural) > 0.0, "{} and {}", hubs(rural), hubs(pennine));
    let mut rows = Vec::new();
    for place in &places {
        rows.push(vec![
            place.name.to_owned(),
            percent(poor(place), 0).replace('+', ""),
            percent(old(place), 1).replace('+', ""),
            format!("{:.0}", place.rate("Demand[Emergency admissions,Quintile]")),
            format!("{:.0}", place.rate("Demand[A and E attendances,Quintile]")),
            format!("{:.2}", care(place)),
            format!("{:.1}", clients(place)),
            format!("{:.2}", hubs(place)),
            format!(
                "{:.2}",
                1000.0 * place.run.at("Cumulative QALYs gained", 10.0) / place.run.at("All residents", 0.0)
            ),
        ]);
    }
    let heading = [
        "place",
        "in the most deprived fifth",
        "80 and over",
        "emergency admissions",
        "A&E attendances",
        "children in care",
        "social care clients",
        "eligible for hubs",
        "QALYs of a plan, ten years",
    ];
    compare_table("b5-places", &heading, &rows);
}
