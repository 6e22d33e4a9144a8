//! Every form of the language becomes the tree that it says.

use super::clean;
use super::render::{branch, effect, expect, expr, figure, guard, measure, share, value};
use crate::syntax::tree::{
    CellKind, ChannelFact, Contact, Exam, Item, ItemKind, Outcome, PersonaFact, Title, TouchKind, Touchpoint, Tree,
};

fn item(text: &str) -> ItemKind {
    let mut tree = clean(text);
    assert_eq!(tree.items.len(), 1, "{text}");
    assert_eq!(tree.items[0].span.range(), 0..text.trim_end().len());
    tree.items.remove(0).kind
}

fn shown(title: &Title) -> String {
    title.label.as_ref().map_or(title.name.text.clone(), |label| format!("{} {:?}", title.name.text, label.text))
}

fn touchpoint(lines: &str) -> Touchpoint {
    match item(&format!("touchpoint t on web {{\n{lines}\n}}\n")) {
        ItemKind::Touchpoint(touchpoint) => touchpoint,
        other => panic!("{other:?}"),
    }
}

#[test]
fn expressions() {
    let of = |text: &str| match item(&format!("horizon {text}\n")) {
        ItemKind::Horizon(time) => expr(&time),
        other => panic!("{other:?}"),
    };
    for (text, tree) in [
        ("9", "9"),
        ("9%", "9%"),
        ("9 %", "9%"),
        ("10_000", "10000"),
        ("18_000 EUR", "18000EUR"),
        // 0.05 is 1/20, and keeps its two digits; 0.30 keeps both of its own.
        ("0.05 EUR", "1/20~2EUR"),
        ("0.30%", "3/10~2%"),
        ("59EUR", "59EUR"),
        ("2 h", "2h"),
        ("2h", "2h"),
        ("4 of 90", "(4 of 90)"),
        ("4 of clicked", "(4 of clicked)"),
        ("1..24 h", "[1h..24h]"),
        ("1 h..2 days", "[1h..2days]"),
        ("60%..90%", "[60%..90%]"),
        ("-5..5", "[-5..5]"),
        ("low..high", "[low..high]"),
        ("1 .. 2 days", "[1days..2days]"),
        ("panier_moyen", "panier_moyen"),
        ("été", "été"),
        ("_x1", "_x1"),
        ("1 + 2 * 3", "(1 + (2 * 3))"),
        ("1 - 2 - 3", "((1 - 2) - 3)"),
        ("8 / 4 / 2", "((8 / 4) / 2)"),
        ("a * b + c * d", "((a * b) + (c * d))"),
        ("(a + b) * c", "((a + b) * c)"),
        ("-a", "-a"),
        ("- -a", "a"),
        ("+1", "1"),
        ("a-1", "(a - 1)"),
        ("lognormal(median 40 s, p90 3 min)", "lognormal(median: 40s, p90: 3min)"),
        ("poisson(0.3)", "poisson(3/10~1)"),
        ("poisson(lambda)", "poisson(lambda)"),
        ("exponential(mean 14 months)", "exponential(mean: 14months)"),
        ("exponential(mean base * 2)", "exponential(mean: (base * 2))"),
        ("normal(mean (a + b), sd 2 h)", "normal(mean: (a + b), sd: 2h)"),
        ("beta(90, 910)", "beta(90, 910)"),
        ("empirical(1 day 30%, 2 days otherwise)", "empirical(1day @ 30%, 2days @ otherwise)"),
        ("f(a - 1, g(b))", "f((a - 1), g(b))"),
    ] {
        assert_eq!(of(text), tree, "{text}");
    }
}

#[test]
fn a_unit_after_a_range_is_written_on_both_ends_and_stands_where_it_was_written() {
    let ItemKind::Horizon(time) = item("horizon 1..24 h\n") else { panic!() };
    assert_eq!(time.span.range(), 8..15);
    let crate::syntax::tree::ExprKind::Between(from, to) = &time.kind else { panic!() };
    assert_eq!((from.span.range(), to.span.range()), (8..9, 11..15));
}

#[test]
fn figures() {
    let of = |text: &str| match &touchpoint(&format!("  takes {text}")).facts[0].kind {
        TouchKind::Takes(time) => figure(time),
        other => panic!("{other:?}"),
    };
    for (text, tree) in [
        ("2 h, 1 day for roger", "2h, 1day for roger"),
        ("2 h, 1 day for roger, 3..4 days for julie", "2h, 1day for roger, [3days..4days] for julie"),
        ("2 h range 1..3 h source log", "2h range 1h..3h source log"),
        ("2 h assumed, 3 h range 2 h..4 h assumed for roger", "2h assumed, 3h range 2h..4h assumed for roger"),
    ] {
        assert_eq!(of(text), tree, "{text}");
    }
}

#[test]
fn guards() {
    let of = |text: &str| {
        let touchpoint = touchpoint(&format!("  -> a when {text}"));
        guard(touchpoint.branches[0].guard.as_ref().unwrap())
    };
    for (text, tree) in [
        ("coupon", "coupon"),
        ("mood = calm", "mood = calm"),
        ("n<3", "n < 3"),
        ("n <= 3 + 1", "n <= (3 + 1)"),
        ("n != 0", "n != 0"),
        ("offer <= 10 days", "offer <= 10days"),
        ("consent sms", "consent sms"),
        ("visited(text)", "visited(text)"),
        ("reached(order)", "reached(order)"),
        ("visited", "visited"),
        ("not not a", "not(not(a))"),
        ("a and b or c and not d", "((a and b) or (c and not(d)))"),
        ("a or b and c or d", "((a or (b and c)) or d)"),
        ("(a or b) and c", "((a or b) and c)"),
        ("not (a or b)", "not((a or b))"),
        ("consent sms and not visited(text)", "(consent sms and not(visited(text)))"),
    ] {
        assert_eq!(of(text), tree, "{text}");
    }
}

#[test]
fn measures() {
    let of = |text: &str| match item(&format!("kpi k = {text}\n")) {
        ItemKind::Kpi { measure: built, .. } => {
            assert_eq!(built.span.range(), 8..8 + text.len(), "{text}");
            measure(&built)
        }
        other => panic!("{other:?}"),
    };
    for (text, tree) in [
        ("conversion", "conversion"),
        ("3 days", "3days"),
        ("rate(b)", "rate[- b before - within -]"),
        ("rate(a -> b)", "rate[a b before - within -]"),
        ("rate(a -> b before c within 7 days)", "rate[a b before c within 7days]"),
        ("rate(a within 2 * t before c)", "rate[- a before c within (2 * t)]"),
        ("next(a -> b)", "next[a b]"),
        ("touches(zmot before order)", "touches[zmot before order]"),
        ("touches(push)", "touches[push before -]"),
        ("count(order)", "count[order]"),
        ("present(paying at 12 months)", "present[paying 12months]"),
        ("time to order", "time[order]"),
        ("time(a -> b)", "time[a b]"),
        ("cost", "Cost"),
        ("revenue + margin", "(Revenue + Margin)"),
        ("clv per subscribed", "Clv per subscribed"),
        ("nps - csat - ces", "((Nps - Csat) - Ces)"),
        ("felt at checkout", "Felt at checkout"),
        ("growth", "Growth"),
        ("pull(x)", "Pull[x]"),
        ("leak(x) + leverage(x)", "(Leak[x] + Leverage[x])"),
        ("mean(touches(x))", "Mean[touches[x before -]]"),
        ("sd(time to order)", "Sd[time[order]]"),
        ("median(cost)", "Percentile(50)[Cost]"),
        ("p90(time to signed)", "Percentile(90)[time[signed]]"),
        ("p5(cost)", "Percentile(5)[Cost]"),
        ("p90", "p90"),
        ("share(touches(push) > 3)", "share[touches[push before -] > 3]"),
        ("share(time to order <= 2 days) for julie", "share[time[order] <= 2days] for julie"),
        (
            "rate(a) for julie in mobile within 3 days with referrals",
            "rate[- a before - within -] for julie in mobile within 3days with referrals",
        ),
        ("cost at ads per subscribed", "Cost at ads per subscribed"),
        ("rate(a) within t * 2", "(rate[- a before - within -] within t * 2)"),
        ("(a + b) for julie * 2", "((a + b) for julie * 2)"),
        ("-a for julie", "-a for julie"),
        ("a + b * c - d", "((a + (b * c)) - d)"),
        ("lifetime / cac", "(lifetime / cac)"),
        ("final_rate * 1.2", "(final_rate * 6/5~1)"),
    ] {
        assert_eq!(of(text), tree, "{text}");
    }
}

#[test]
fn promises() {
    let of = |text: &str| match item(&format!("expect {text}\n")) {
        ItemKind::Expect(promise) => expect(&promise),
        other => panic!("{other:?}"),
    };
    for (text, tree) in [
        ("final_rate >= 0.3%", "final_rate >= 3/10~1%"),
        ("p90(time to order) <= 3 days", "Percentile(90)[time[order]] <= 3days"),
        (
            "rate(order) in mobile >= rate(order) * 1.05",
            "rate[- order before - within -] in mobile >= (rate[- order before - within -] * 21/20~2)",
        ),
        ("touches(zmot before order) between 3 and 5", "touches[zmot before order] between 3 and 5"),
        ("a for julie = 3", "a for julie = 3"),
        ("a != b", "a != b"),
        ("share(touches(push) > 3) <= 5% confidence 90%", "share[touches[push before -] > 3] <= 5% confidence 90%"),
        ("a >= b + 5 points", "a >= (b + 5points)"),
    ] {
        assert_eq!(of(text), tree, "{text}");
    }
    let ItemKind::Claim { measure: claimed, value, source } = item("claim rate(a) for b = 0.30% source press\n") else {
        panic!()
    };
    assert_eq!((measure(&claimed).as_str(), expr(&value).as_str()), ("rate[- a before - within -] for b", "3/10~2%"));
    assert_eq!(source.unwrap().text, "press");
}

#[test]
fn branches() {
    let of = |text: &str| branch(&touchpoint(text).branches[0]);
    for (text, tree) in [
        ("-> post", "-> post alone"),
        ("-> lost otherwise", "-> lost otherwise"),
        (
            "-> a 30%, 50% for loyal when contacts < 3 after 1..20 days",
            "-> a 30%, 50% for loyal when contacts < 3 after [1days..20days]",
        ),
        ("-> a to_compare after 1..24 h, 2 h for roger", "-> a to_compare after [1h..24h], 2h for roger"),
        ("-> a 1 - p - q", "-> a ((1 - p) - q)"),
        ("-> a convinced because \"des avis vérifiés\"", "-> a convinced because \"des avis vérifiés\""),
        ("-> served conforming reach delivered", "-> served conforming; reach delivered"),
        ("-> a reach order earns 48 EUR margin 35%", "-> a alone; reach order; earns 48EUR margin 35%"),
        ("-> a 6% when n < 2 after 1..7 days add n 1", "-> a 6% when n < 2 after [1days..7days]; add n 1"),
        ("-> a otherwise when x after 2 days", "-> a otherwise when x after 2days"),
        ("-> a after 2 days when x", "-> a alone when x after 2days"),
        (
            "-> a clear coupon set consent sms clear consent mail set mood = calm start offer cost 1 EUR feel -1 \"bof\"",
            "-> a alone; clear coupon; set consent sms; clear consent mail; set mood = calm; start offer; cost 1EUR; feel -1 \"bof\"",
        ),
        (
            "-> a 5% {\n  when x\n  after 2 h\n  because \"y\"\n  add n 1\n  reach g\n  note \"n\"\n}",
            "-> a 5% when x after 2h because \"y\"; add n 1; reach g",
        ),
    ] {
        assert_eq!(of(text), tree, "{text}");
    }
}

#[test]
fn touchpoints() {
    let text = "touchpoint cart \"Panier\" on web with phone pull {\n  is strategic, human\n  does \"compare\"\n  think \"oui\"\n  pain \"long\"\n  appeals money, comfort\n  effort 3 when coupon\n  survey nps 8, 9 for julie\n  requires consent sms\n  uses tills patience exponential(mean 8 min) -> left\n  uses desk\n  takes 4 min\n  refers poisson(0.3) of friend to cart\n  refers 2 to cart\n  set coupon\n  feel +1 \"curieuse\", -1 \"encore\" for roger\n  earns 29 EUR, 99 EUR for team margin 85%, 90% for team when offer <= 10 days\n  note \"À savoir\" \"Rien\"\n  -> a\n  race {\n    -> b after 6 months\n    -> c after exponential(mean 14 months)\n  }\n}\n";
    let ItemKind::Touchpoint(t) = item(text) else { panic!() };
    assert_eq!(shown(&t.title), "cart \"Panier\"");
    assert_eq!(
        (t.on.unwrap().text.as_str(), t.with.unwrap().text.as_str(), t.contact.unwrap().0),
        ("web", "phone", Contact::Pull)
    );
    assert_eq!(&text[t.head.range()], "touchpoint cart \"Panier\" on web with phone pull");
    let facts: Vec<String> = t
        .facts
        .iter()
        .map(|fact| {
            let when = fact.guard.as_ref().map_or(String::new(), |when| format!(" when {}", guard(when)));
            let words =
                |names: &[crate::syntax::tree::Name]| names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(" ");
            let said = match &fact.kind {
                TouchKind::Is(list) => format!("is {}", words(list)),
                TouchKind::Does(text) => format!("does {}", text.text),
                TouchKind::Think(text) => format!("think {}", text.text),
                TouchKind::Pain(text) => format!("pain {}", text.text),
                TouchKind::Appeals(list) => format!("appeals {}", words(list)),
                TouchKind::Effort(of) => format!("effort {}", figure(of)),
                TouchKind::Survey(kind, of) => format!("survey {} {}", kind.text, figure(of)),
                TouchKind::Requires(consent) => format!("requires {}", consent.text),
                TouchKind::Uses(resource) => format!("uses {}", resource.text),
                TouchKind::Takes(time) => format!("takes {}", figure(time)),
                TouchKind::Refers => "refers".to_owned(),
                TouchKind::Effect(done) => effect(done),
                TouchKind::Note(note) => format!("note {}", note.title.text),
            };
            said + &when
        })
        .collect();
    assert_eq!(
        facts,
        [
            "is strategic human",
            "does compare",
            "think oui",
            "pain long",
            "appeals money comfort",
            "effort 3 when coupon",
            "survey nps 8, 9 for julie",
            "requires sms",
            "uses tills",
            "uses desk",
            "takes 4min",
            "refers",
            "refers",
            "set coupon",
            "feel 1 \"curieuse\", -1 \"encore\" for roger",
            "earns 29EUR, 99EUR for team margin 85%, 90% for team when offer <= 10days",
            "note À savoir",
        ]
    );
    assert_eq!(t.branches.len(), 1);
    let race = t.race.unwrap();
    assert!(text[race.range()].starts_with("race {") && text[race.range()].ends_with("  }"));
}

#[test]
fn people() {
    let ItemKind::Persona(persona) = item(
        "persona julie \"Julie\" {\n  age 25\n  job \"Vendeuse\"\n  income 3200 EUR\n  motivation novelty, sympathy\n  wants \"Une robe\"\n  pain \"Rien\"\n  story \"Elle voit\"\n  consents sms 45% source log\n  has coupon 20%\n  note \"n\"\n}\n",
    ) else {
        panic!()
    };
    assert_eq!((shown(&persona.title), persona.facts.len()), ("julie \"Julie\"".to_owned(), 10));
    assert!(matches!(&persona.facts[0], PersonaFact::Age(age) if expr(age) == "25"));
    assert!(matches!(&persona.facts[3], PersonaFact::Motivation(words) if words.len() == 2));
    assert!(
        matches!(&persona.facts[7], PersonaFact::Consents(name, of, _) if name.text == "sms" && value(of) == "45% source log")
    );
    assert!(matches!(&persona.facts[8], PersonaFact::Has(name, of, _) if name.text == "coupon" && value(of) == "20%"));
    let ItemKind::Memory(cells) =
        item("memory {\n  flag coupon \"Bon\"\n  clock offer\n  counter contacts 0..3\n  state mood = calm, angry\n}\n")
    else {
        panic!()
    };
    let kinds: Vec<String> = cells
        .iter()
        .map(|cell| match &cell.kind {
            CellKind::Flag => format!("flag {}", shown(&cell.title)),
            CellKind::Clock => format!("clock {}", shown(&cell.title)),
            CellKind::Counter(from, to) => format!("counter {} {} {}", shown(&cell.title), expr(from), expr(to)),
            CellKind::State(words) => format!("state {} {}", shown(&cell.title), words.len()),
        })
        .collect();
    assert_eq!(kinds, ["flag coupon \"Bon\"", "clock offer", "counter contacts 0 3", "state mood 2"]);
}

#[test]
fn channels_and_arrivals() {
    let ItemKind::Channel(channel) = item(
        "channel sms \"SMS\" paid digital {\n  requires consent sms\n  cost 0.07 EUR\n  at most 2 per 7 days\n  at most 9\n}\n",
    ) else {
        panic!()
    };
    assert_eq!(channel.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["paid", "digital"]);
    assert!(matches!(
        &channel.facts[..],
        [ChannelFact::Requires(..), ChannelFact::Cost(..), ChannelFact::AtMost(_), ChannelFact::AtMost(_)]
    ));
    for (text, name, number, rate, at) in [
        ("arrive 1000 at post\n", "-", "1000", "-", "post"),
        ("arrive volume at post\n", "-", "volume", "-", "post"),
        ("arrive 40 per day for 30 days at post\n", "-", "40", "day 30days", "post"),
        ("arrive ads \"Publicité\" 300 per month for 12 months at post\n", "ads \"Publicité\"", "300", "month 12months", "post"),
        ("arrive ads volume * 2 {\n  -> post\n}\n", "ads", "(volume * 2)", "-", "-"),
    ] {
        let ItemKind::Arrive(arrive) = item(text) else { panic!() };
        let pace = arrive.rate.as_ref().map_or("-".to_owned(), |(unit, time)| format!("{} {}", unit.text, expr(time)));
        let found = (
            arrive.title.as_ref().map_or("-".to_owned(), shown),
            expr(&arrive.number),
            pace,
            arrive.at.map_or("-".to_owned(), |at| at.text),
        );
        assert_eq!(found, (name.to_owned(), number.to_owned(), rate.to_owned(), at.to_owned()), "{text}");
    }
    let ItemKind::Arrive(arrive) = item(
        "arrive 60 per month for 12 months {\n  of cfo 40%\n  of cto otherwise\n  of all\n  budget 18_000 EUR\n  -> a 60%\n  -> b otherwise\n}\n",
    ) else {
        panic!()
    };
    assert_eq!(arrive.of.iter().map(|of| share(&of.share)).collect::<Vec<_>>(), ["40%", "otherwise", "alone"]);
    assert_eq!((expr(&arrive.budget.unwrap().0).as_str(), arrive.branches.len()), ("18000EUR", 2));
}

#[test]
fn the_other_forms_of_the_top_level() {
    let text = "journey shop \"Boutique\"\nlibrary common\nlocale fr\ncurrency EUR\ndiscount 10% per year\ninclude \"f.journey\"\nsource log \"Journal\" url \"https://example.org/x\"\nparam p \"P\" = 4 of q range 1%..9% source log costs 500 EUR per point\nlaw delay = exponential(mean 2 days)\nsegment young = julie, lea\ngoal order\nend lost \"Perdu\" failure\nend out\nconsent sms \"SMS\"\nresource tills \"Caisses\" 3\nfacet tone = warm, cold\npath morning \"Matin\" for roger = a -> b -> c\nkpi k \"K\" key = cost by channel\nnote \"titre\" \"texte \\\"cité\\\"\"\nexam e5a \"Post\" {\n  vary clicked 70..120 step 10\n  question \"Q\" answer k marks 2 {\n    right \"a\"\n  }\n}\nautomation back \"Retour\" {\n  on a -> lost\n  on b -> lost\n  when consent sms\n  at most 3 per 30 days\n  -> text 45% when not visited(text) after 1 h\n  note \"n\"\n}\n";
    let Tree { items } = clean(text);
    let said: Vec<String> = items
        .iter()
        .map(|Item { kind, .. }| match kind {
            ItemKind::Journey(title)
            | ItemKind::Library(title)
            | ItemKind::Goal(title)
            | ItemKind::Consent(title)
            | ItemKind::Exam(Exam { title, .. }) => shown(title),
            ItemKind::Locale(name) | ItemKind::Currency(name) => name.text.clone(),
            ItemKind::Discount(p, per) => format!("{} per {}", expr(p), per.text),
            ItemKind::Include(file) => file.text.clone(),
            ItemKind::Source { title, url } => format!("{} {}", shown(title), url.as_ref().unwrap().text),
            ItemKind::Param { title, value: of, costs } => {
                format!("{} = {}; {}", shown(title), value(of), &text[costs.as_ref().unwrap().span.range()])
            }
            ItemKind::Law { title, law } => format!("{} = {}", shown(title), expr(law)),
            ItemKind::Segment { title, of: words } | ItemKind::Facet { title, words } => {
                format!("{} {}", shown(title), words.len())
            }
            ItemKind::End { title, outcome } => format!("{} {:?}", shown(title), outcome.map(|o| o.0 == Outcome::Failure)),
            ItemKind::Resource { title, servers } => format!("{} {}", shown(title), expr(servers)),
            ItemKind::Path { title, persona, steps } => {
                format!("{} {} {}", shown(title), persona.as_ref().unwrap().text, steps.len())
            }
            ItemKind::Kpi { title, key, measure: of, by } => {
                format!("{} {key} {} by {}", shown(title), measure(of), by.as_ref().unwrap().text)
            }
            ItemKind::Note(note) => format!("{} {}", note.title.text, note.text.as_ref().unwrap().text),
            ItemKind::Automation(automation) => {
                format!("{} {} {}", shown(&automation.title), automation.on.len(), branch(&automation.branches[0]))
            }
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(
        said,
        [
            "shop \"Boutique\"",
            "common",
            "fr",
            "EUR",
            "10% per year",
            "f.journey",
            "log \"Journal\" https://example.org/x",
            "p \"P\" = (4 of q) range 1%..9% source log; costs 500 EUR per point",
            "delay = exponential(mean: 2days)",
            "young 2",
            "order",
            "lost \"Perdu\" Some(true)",
            "out None",
            "sms \"SMS\"",
            "tills \"Caisses\" 3",
            "tone 2",
            "morning \"Matin\" roger 3",
            "k \"K\" true Cost by channel",
            "titre texte \"cité\"",
            "e5a \"Post\"",
            "back \"Retour\" 2 -> text 45% when not(visited(text)) after 1h",
        ]
    );
}

#[test]
fn first_words_and_units_are_free_to_be_names() {
    clean(
        "touchpoint month \"M\" on stage {\n  -> year 80%\n  -> takes otherwise\n}\nparam goal = 3\nkpi path = goal + journey\n",
    );
}
