//! What the result must not be used for, and where the model may mislead.

use super::view::Section;

/// Limits, and uses to keep away from.
pub fn section() -> Section {
    let mut section = Section::new("limits", "Limits, and what not to use it for");
    section.head("Do not use it");
    let uses = [
        "as a forecast of next winter, or of any single year: growth outweighs every effect shown here, and only differences \
         between strategies mean anything;",
        "as a business case by itself: no finance director has signed the shares of cost that turn into cash;",
        "to take savings out of a budget before beds, staff or placements have in fact gone;",
        "to close a service: what a closure does to those who need it is priced at an average, not followed;",
        "to rank single programmes by return: most effects rest on one or two studies, many from other countries;",
        "for anything smaller than a place, or for one clinic, practice or person.",
    ];
    section.list(uses.map(str::to_owned).to_vec());
    section.head("What is left out, and which way it pulls");
    let gaps = [
        "Planned care is a waiting list, not a demand that prevention lowers: savings and freed bed days are too low.",
        "After the horizon effects fade and lives end at the rates of today. How much longer or shorter effects last than their cards \
         say is drawn for all programmes alike, from half to twice; no trial followed any of them that long.",
        "Some two thirds of NHS cost are in no service of the model and follow the allocation: where it grows less than planned, \
         the deficit of the model grows less than a real one would.",
        "Money that cannot be spent keeps its real value until it comes back: in cash of ten years a little more comes back than \
         was left over.",
        "Pressure is that of the NHS. It takes prevention money of councils too, pressure of councils takes none, and what was taken \
         does not come back by itself.",
        "Education, justice and work only pay and save; their savings are a fixed ratio to health and care use avoided, and \
         the weakest numbers in the whole-public-purse perspective.",
        "Most of what early years programmes give, in schooling and earnings, is not counted, within the horizon or after.",
        "Nobody moves between places or between quintiles; areas stand for people.",
        "A place is one hospital with wards of about 28 beds. Spread over several hospitals, slack closes fewer wards: cash is \
         flattered.",
        "Numbers of different programmes are drawn apart from each other, though some would err together: intervals are \
         somewhat too narrow.",
    ];
    section.list(gaps.map(str::to_owned).to_vec());
    section.head("Judgements that go far to decide the result");
    let judgements = [
        "How much of an avoided admission’s cost goes at once, with a ward, or never.",
        "How many freed beds fill again with need that had not come forward.",
        "How often the people reached would use services without the programme.",
        "How far effects found in trials shrink at scale, and the chance that a programme does nothing.",
        "How much health a pound taken from care would have bought.",
        "How long effects last after the money stops, and how far beds can grow: wards that stay short of beds close none.",
    ];
    section.list(judgements.map(str::to_owned).to_vec());
    section.say("The model’s own critique, models/README.md, has the whole list.");
    section
}
