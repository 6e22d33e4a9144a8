//! Planted mistakes: one message each, on its line, and nothing lost beside it.

use super::{clean, read, told};
use crate::diagnostics::Diagnostic;
use crate::syntax::tree::{Change, ItemKind, Touchpoint, Tree};
use std::fmt::Debug;

/// A small journey with something of everything.
const GOOD: &str = r#"journey shop "Boutique"
locale fr
currency EUR
horizon 2 years
param clicked = 90 of 1000
param basket "Panier" = 59 EUR range 45..80 EUR
segment young = julie
persona julie "Julie" {
  age 25
  motivation novelty, sympathy
  consents sms 45%
}
consent sms "SMS"
memory {
  flag coupon
  counter contacts 0..3
}
channel web "Boutique en ligne" digital owned {
  cost 0.02 EUR
}
goal order "Commande"
end served "Livré" success
end lost "Perdu" failure
arrive 1000 {
  of julie 60%
  -> post
}
stage stimulus "Stimulus" moment zmot {
  touchpoint post "Post" on web push {
    cost 0.05 EUR
    feel +1 "curieuse"
    -> product clicked when contacts < 3 after 2 h
    -> lost otherwise
  }
  touchpoint product "Fiche" on web {
    takes 3 min
    reach order
    earns basket margin 40%
    add contacts 1
    -> served
  }
}
kpi conversion "Conversion" = rate(order)
expect conversion >= 0.3%
scenario better "Mieux" { set clicked = 10% }
"#;

/// A line of `GOOD`, what is written in its place, and the line, code, and words of the message expected.
struct Case(&'static str, &'static str, u32, &'static str, &'static str);

const CASES: &[Case] = &[
    // Misspelled words, at the start and in the middle.
    Case("locale fr", "locle fr", 2, "J0004", "did you mean `locale`?"),
    Case("  takes 3 min", "  tkes 3 min", 36, "J0004", "did you mean `takes`?"),
    Case(
        "stage stimulus \"Stimulus\" moment zmot {",
        "stage stimulus \"Stimulus\" momnt zmot {",
        28,
        "J0003",
        "did you mean `moment`?",
    ),
    Case(
        "stage stimulus \"Stimulus\" moment zmot {",
        "stgae stimulus \"Stimulus\" moment zmot {",
        28,
        "J0004",
        "did you mean `stage`?",
    ),
    Case(
        "  touchpoint product \"Fiche\" on web {",
        "  touchpiont product \"Fiche\" on web {",
        35,
        "J0004",
        "did you mean `touchpoint`?",
    ),
    Case(
        "channel web \"Boutique en ligne\" digital owned {",
        "channel web \"Boutique en ligne\" digital borrowed {",
        18,
        "J0104",
        "`borrowed` is not a word about a channel",
    ),
    Case(
        "channel web \"Boutique en ligne\" digital owned {",
        "channel web \"Boutique en ligne\" digitl owned {",
        18,
        "J0104",
        "write `digital`",
    ),
    Case("    earns basket margin 40%", "    earns basket margni 40%", 38, "J0003", "did you mean `margin`?"),
    Case("  consents sms 45%", "  consent sms 45%", 11, "J0004", "did you mean `consents`?"),
    Case("locale fr", "Locale fr", 2, "J0004", "did you mean `locale`?"),
    Case("locale fr", "zzz fr", 2, "J0004", "no line starts with `zzz` at the top level"),
    // Something is missing.
    Case("    takes 3 min", "    takes", 36, "J0011", "a time is missing after `takes`"),
    Case("param clicked = 90 of 1000", "param clicked =", 5, "J0011", "a figure is missing after `=`"),
    Case("param clicked = 90 of 1000", "param clicked 90 of 1000", 5, "J0011", "`=` is missing after `clicked`"),
    Case("    reach order", "    reach", 37, "J0011", "a goal is missing after `reach`"),
    Case("goal order \"Commande\"", "goal \"Commande\"", 21, "J0011", "a name is missing after `goal`"),
    Case("    -> served", "    ->", 40, "J0011", "a target is missing after `->`"),
    Case(
        "    -> product clicked when contacts < 3 after 2 h",
        "    -> product clicked when after 2 h",
        32,
        "J0011",
        "a condition is missing after `when`",
    ),
    Case(
        "    -> product clicked when contacts < 3 after 2 h",
        "    -> product clicked when contacts < 3 after",
        32,
        "J0011",
        "a time is missing after `after`",
    ),
    Case(
        "kpi conversion \"Conversion\" = rate(order)",
        "kpi conversion \"Conversion\" =",
        43,
        "J0011",
        "a measure is missing after `=`",
    ),
    Case(
        "kpi conversion \"Conversion\" = rate(order)",
        "kpi conversion \"Conversion\" = rate(order",
        43,
        "J0011",
        "`)` is missing after `order`",
    ),
    Case(
        "kpi conversion \"Conversion\" = rate(order)",
        "kpi conversion \"Conversion\" = rate",
        43,
        "J0011",
        "a place in parentheses is missing after `rate`",
    ),
    Case("expect conversion >= 0.3%", "expect conversion >=", 44, "J0011", "a measure is missing after `>=`"),
    Case("  counter contacts 0..3", "  counter contacts", 16, "J0011", "a range such as `0..3` is missing after `contacts`"),
    Case(
        "  touchpoint product \"Fiche\" on web {",
        "  touchpoint \"Fiche\" on web {",
        35,
        "J0011",
        "a name is missing after `touchpoint`",
    ),
    Case(
        "  touchpoint product \"Fiche\" on web {",
        "  touchpoint product \"Fiche\" on {",
        35,
        "J0011",
        "a channel is missing after `on`",
    ),
    Case(
        "  touchpoint product \"Fiche\" on web {",
        "  touchpoint product \"Fiche\" on web",
        35,
        "J0011",
        "`{` is missing at the end of this line",
    ),
    Case("    feel +1 \"curieuse\"", "    feel \"curieuse\"", 31, "J0011", "a figure is missing after `feel`"),
    // Slips of the hand.
    Case("    cost 0.05 EUR", "    cost 0,05 EUR", 30, "J0008", "decimals stand after a point, not a comma"),
    Case("expect conversion >= 0.3%", "expect conversion == 0.3%", 44, "J0009", "equality is written with one `=`"),
    Case("expect conversion >= 0.3%", "expect conversion => 0.3%", 44, "J0003", "`=>` is written `>=` here"),
    Case("expect conversion >= 0.3%", "expect conversion ≥ 0.3%", 44, "J0003", "`≥` is written `>=` here"),
    Case("    -> served", "    → served", 40, "J0003", "`→` is written `->` here"),
    Case("    -> served", "    => served", 40, "J0003", "`=>` is written `->` here"),
    Case("goal order \"Commande\"", "goal order “Commande”", 21, "J0003", "a text stands between straight quotes"),
    Case("goal order \"Commande\"", "goal order « Commande »", 21, "J0003", "a text stands between straight quotes"),
    Case("goal order \"Commande\"", "goal order 'Commande'", 21, "J0003", "a text stands between straight quotes"),
    Case("goal order \"Commande\"", "goal order Commande", 21, "J0003", "a text stands between quotes"),
    Case("goal order \"Commande\"", "goal order \"Commande", 21, "J0007", "this text is not closed"),
    Case("goal order \"Commande\"", "goal order \"Commande\";", 21, "J0003", "the end of the line ends the fact"),
    Case(
        "  touchpoint product \"Fiche\" on web {",
        "  touchpoint product \"Fiche on web {",
        35,
        "J0007",
        "this text is not closed",
    ),
    Case("    cost 0.05 EUR", "    cost 0.05 €", 30, "J0003", "a currency is written with its three letters"),
    Case("param clicked = 90 of 1000", "param clicked = 90 of 1 000", 5, "J0003", "thousands are parted by `_`"),
    Case("param clicked = 90 of 1000", "param clicked = 90 of 1000 000 000", 5, "J0003", "thousands are parted by `_`"),
    Case("param clicked = 90 of 1000", "param hot-clicks = 90 of 1000", 5, "J0003", "a name has no `-` in it"),
    Case("goal order \"Commande\"", "goal 1order \"Commande\"", 21, "J0003", "a name does not start with a digit"),
    // Words out of place.
    Case("goal order \"Commande\"", "goal cost \"Commande\"", 21, "J0012", "`cost` is a word of the language"),
    Case(
        "  touchpoint product \"Fiche\" on web {",
        "  touchpoint rate \"Fiche\" on web {",
        35,
        "J0012",
        "`rate` is a word of the language",
    ),
    Case("locale fr", "takes 3 min", 2, "J0015", "`takes` stands in a touchpoint, not at the top level"),
    Case("  cost 0.02 EUR", "  takes 3 min", 19, "J0015", "`takes` stands in a touchpoint, not in a channel"),
    Case("    reach order", "    goal order \"Commande\"", 37, "J0015", "`goal` stands at the top level, not in a touchpoint"),
    Case("    -> served", "    served", 40, "J0004", "a way on starts with `->`"),
    Case(
        "    -> product clicked when contacts < 3 after 2 h",
        "    -> product 30% for julie",
        32,
        "J0011",
        "a figure for `julie` alone",
    ),
    Case("    reach order", "    reach order {", 37, "J0003", "opens the block of nothing"),
    // Two facts on a line.
    Case("    takes 3 min", "    takes 3 min cost 1 EUR", 36, "J0014", "one fact per line"),
    Case("    -> served", "    -> served 30% -> lost", 40, "J0014", "one fact per line"),
    Case("locale fr", "locale fr horizon 2 years", 2, "J0014", "one fact per line"),
    Case(
        "scenario better \"Mieux\" { set clicked = 10% }",
        "scenario better \"Mieux\" { set clicked = 10% set basket = 3 EUR }",
        45,
        "J0014",
        "one fact per line",
    ),
    Case("    -> lost otherwise\n  }", "    -> lost otherwise }", 33, "J0014", "`}` stands on a line of its own"),
    Case("    -> product clicked when contacts < 3 after 2 h", "    -> product clicked,", 32, "J0011", "is missing after `,`"),
    // Braces.
    Case("goal order \"Commande\"", "}", 21, "J0006", "this `}` closes nothing"),
    Case(
        "scenario better \"Mieux\" { set clicked = 10% }",
        "scenario better \"Mieux\" { set clicked = 10%",
        45,
        "J0005",
        "is not closed",
    ),
    Case("goal order \"Commande\"", "{", 21, "J0003", "opens the block of nothing"),
    // One sign or word for another.
    Case(
        "    -> product clicked when contacts < 3 after 2 h",
        "    -> product whne contacts < 3",
        32,
        "J0003",
        "did you mean `when`?",
    ),
    Case("  touchpoint product \"Fiche\" on web {", "  touchpoint product web {", 35, "J0011", "`on` is missing after `product`"),
    Case(
        "kpi conversion \"Conversion\" = rate(order)",
        "kpi conversion = rate order",
        43,
        "J0003",
        "`order` stands in parentheses here",
    ),
    Case("kpi conversion \"Conversion\" = rate(order)", "kpi conversion = rate(post, order)", 43, "J0003", "did you mean `->`?"),
    Case("expect conversion >= 0.3%", "claim conversion >= 0.3%", 44, "J0003", "did you mean `=`?"),
    Case("expect conversion >= 0.3%", "path p = a, b", 44, "J0003", "did you mean `->`?"),
    Case("  motivation novelty, sympathy", "  motivation novelty sympathy", 10, "J0011", "`,` is missing after `novelty`"),
    Case("    takes 3 min", "    takes 3 min, 4 min", 36, "J0011", "`for` with a persona is missing"),
    Case("locale fr", "# locale fr", 2, "J0003", "a comment starts with `//`"),
    Case("    -> product clicked when contacts < 3 after 2 h", "    -> product clicked {", 32, "J0005", "is not closed"),
    // What remains.
    Case("    takes 3 min", "    takes 3 min foo", 36, "J0003", "`foo` cannot stand here"),
    Case("    takes 3 min", "    takes 3 min ! ? foo", 36, "J0003", "`!` cannot stand here"),
    Case("    takes 3 min", "    \"takes\" 3 min", 36, "J0003", "a line does not start with `\"`"),
];

#[test]
fn one_mistake_gives_one_message_where_it_is() {
    let mut wrong = String::new();
    let before = facts(&clean(GOOD));
    for Case(line, planted, row, code, words) in CASES {
        let text = GOOD.replacen(&format!("{line}\n"), &format!("{planted}\n"), 1);
        assert_ne!(text, GOOD, "{line}");
        let (tree, found) = read(&text);
        let says = |d: &Diagnostic| {
            let help = d.help.iter().map(|h| h.text.en.as_str());
            std::iter::once(d.message.en.as_str()).chain(help).any(|said| said.contains(words))
        };
        let at = |d: &Diagnostic| text[..d.span().start as usize].matches('\n').count() as u32 + 1;
        let right = found.len() == 1 && at(&found[0]) == *row && found[0].code.number() == *code && says(&found[0]);
        let lost = lost(&before, &facts(&tree));
        if !right || lost.len() > 1 {
            wrong += &format!("{row} {code} {words}\n  {planted}\n{}{lost:#?}\n", told(&text, &found));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_line_of_nonsense_spoils_itself_alone() {
    let before = facts(&clean(GOOD));
    for nonsense in ["@@@ ???", "zzz zzz zzz", "\"zzz", "(((", "-> -> ->", "= 3", "été 3 %"] {
        for line in GOOD.lines().filter(|line| !line.contains(['{', '}'])) {
            let text = GOOD.replacen(&format!("{line}\n"), &format!("{nonsense}\n"), 1);
            let (tree, found) = read(&text);
            assert_eq!(found.len(), 1, "{line}\n{nonsense}\n{}", told(&text, &found));
            assert!(lost(&before, &facts(&tree)).len() <= 1, "{line}\n{nonsense}");
        }
    }
}

#[test]
fn a_safe_edit_mends_the_mistake() {
    let mut edits = 0;
    for Case(line, planted, ..) in CASES {
        let text = GOOD.replacen(&format!("{line}\n"), &format!("{planted}\n"), 1);
        let (_, found) = read(&text);
        for edit in found.iter().flat_map(|d| &d.help).filter_map(|help| help.edit.as_ref()).filter(|edit| edit.safe) {
            let mut mended = text.clone();
            mended.replace_range(edit.span.range(), &edit.replacement);
            let (_, left) = read(&mended);
            assert!(left.is_empty(), "{planted}\n{}\n{mended}", told(&mended, &left));
            edits += 1;
        }
    }
    assert!(edits > 15);
}

/// Every fact of a tree as a line, places apart.
fn facts(tree: &Tree) -> Vec<String> {
    let mut facts = Vec::new();
    for item in &tree.items {
        match &item.kind {
            ItemKind::Persona(persona) => {
                facts.push(shown(&persona.title));
                facts.extend(persona.facts.iter().map(shown));
            }
            ItemKind::Memory(cells) => facts.extend(cells.iter().map(shown)),
            ItemKind::Channel(channel) => {
                facts.push(shown(&(&channel.title, &channel.words)));
                facts.extend(channel.facts.iter().map(shown));
            }
            ItemKind::Arrive(arrive) => {
                facts.push(shown(&arrive.number));
                facts.extend(arrive.of.iter().map(shown).chain(arrive.branches.iter().map(shown)));
            }
            ItemKind::Stage(stage) => {
                facts.push(shown(&(&stage.title, &stage.moment)));
                stage.touchpoints.iter().for_each(|(touchpoint, _)| touchpoint_facts(touchpoint, &mut facts));
            }
            ItemKind::Touchpoint(touchpoint) => touchpoint_facts(touchpoint, &mut facts),
            ItemKind::Scenario(scenario) => {
                facts.push(shown(&scenario.title));
                for change in &scenario.changes {
                    match change {
                        Change::Replace(item) => facts.extend(self::facts(&Tree { items: vec![item.clone()] })),
                        change => facts.push(shown(change)),
                    }
                }
            }
            ItemKind::Bad => {}
            kind => facts.push(shown(kind)),
        }
    }
    facts
}

fn touchpoint_facts(touchpoint: &Touchpoint, facts: &mut Vec<String>) {
    facts.push(shown(&(&touchpoint.title, &touchpoint.on, &touchpoint.contact)));
    facts.extend(touchpoint.facts.iter().map(shown).chain(touchpoint.branches.iter().map(shown)));
}

fn shown(node: &impl Debug) -> String {
    let shown = format!("{node:?}");
    let mut pieces = shown.split("Span {");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |all, piece| {
        all + piece.split_once("end: ").map_or(piece, |(_, rest)| rest.split_once('}').map_or(rest, |r| r.1))
    })
}

/// The facts of one list that are not in another.
fn lost(before: &[String], after: &[String]) -> Vec<String> {
    let mut after = after.to_vec();
    let mut is_lost = |fact: &&String| match after.iter().position(|kept| kept == *fact) {
        Some(kept) => {
            after.remove(kept);
            false
        }
        None => true,
    };
    before.iter().filter(|fact| is_lost(fact)).cloned().collect()
}

#[test]
fn the_text_without_mistakes_is_clean() {
    clean(GOOD);
}
