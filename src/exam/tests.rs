//! Golden values of the field (their sums stand beside them), follow-through marks, refusals.

use super::*;
use crate::locale::Lang;
use crate::resolve::{LoadError, Loader};

struct Alone;

impl Loader for Alone {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

const HEAD: &str = "journey golden \"Golden\"
locale fr
currency EUR
param satisfied = 340 of 400
param promoters = 1125 of 2500
param detractors = 500 of 2500
param bought = 45 EUR
param sold = 90 EUR
param storage = 2 EUR
param rebate = 10%
param clicked = 90 of 1000
param to_cart = 4 of clicked
param shelf = 12
persona visitor \"Visiteur\"
channel web \"Site\" digital owned
goal order \"Commande\"
end served \"Servi\" success
end lost \"Perdu\" failure
arrive 1000 at post
touchpoint post \"Post\" on web {
  cost 0.05 EUR
  -> page clicked
  -> lost otherwise
}
touchpoint page \"Page\" on web {
  -> served to_cart reach order
  -> lost otherwise
}
kpi order_rate \"Taux de commande\" = rate(order)
";

fn compiled(exam: &str) -> Compiled {
    let text = format!("{HEAD}exam e \"E\" {{\n{exam}}}\n");
    let compiled = crate::compile::compile("golden", text, &Alone);
    assert!(compiled.journey.is_some(), "{:?}", compiled.diagnostics);
    compiled
}

fn variant(compiled: &Compiled) -> Variant {
    let case = Case::new(compiled, Wanted { exam: 0, seed: 1, variants: 1 }).unwrap();
    let proven = case.prove().unwrap();
    make(&case, proven[0]).unwrap()
}

fn answers(exam: &str) -> Vec<String> {
    variant(&compiled(exam)).questions().map(|q| q.written(Some("EUR"), Lang::Fr)).collect()
}

#[test]
fn golden_values() {
    let found = answers(
        "  question \"CSAT\" answer satisfied decimals 0 marks 1
  question \"NPS\" answer promoters - detractors decimals 0 marks 1
  question \"Marge\" answer sold - bought decimals 0 marks 1
  question \"Taux de marge\" answer (sold - bought) / bought * 100% decimals 0 marks 1
  question \"Taux de marque\" answer (sold - bought) / sold * 100% decimals 0 marks 1
  question \"Net\" answer sold * (100% - rebate) - bought - storage decimals 0 marks 1
  question \"Commandes\" answer order_rate decimals 1 marks 1
  question \"Coût\" answer cost per order decimals 2 marks 1
",
    );
    // (240 + 100) / 400; (1 125 − 500) / 2 500; 90 − 45; 45 / 45; 45 / 90; 81 − 45 − 2; 90/1000 × 4/90; 0,05 / 0,004.
    let expected = ["85 %", "25 points", "45 €", "100 %", "50 %", "34 €", "0,4 %", "12,50 €"];
    let plain: Vec<String> = found.iter().map(|text| text.replace(['\u{a0}', '\u{202f}'], " ")).collect();
    assert_eq!(plain, expected);
}

#[test]
fn the_working_says_what_is_done() {
    let compiled = compiled("  question \"Commandes\" answer order_rate decimals 1 marks 2\n");
    let variant = variant(&compiled);
    let question = variant.questions().next().unwrap();
    let lines: Vec<String> = question.working.lines.iter().map(|l| l.text.replace(['\u{a0}', '\u{202f}'], " ")).collect();
    assert_eq!(
        lines,
        [
            "Formule : produit des taux d'étape le long du chemin",
            "Post → Page → Servi : 90/1 000 × 4/90 = 0,4 %",
            "Résultat : 0,4 %"
        ]
    );
    let marks: num_rational::BigRational = question.working.lines.iter().filter_map(|l| l.marks.clone()).sum();
    assert_eq!(marks, question.marks, "the steps add up to the question");
}

#[test]
fn counts_of_counts_follow() {
    let compiled = compiled("  vary clicked 70..80 step 10\n  question \"Commandes\" answer order_rate decimals 1 marks 2\n");
    let case = Case::new(&compiled, Wanted { exam: 0, seed: 3, variants: 8 }).unwrap();
    for which in case.prove().unwrap() {
        let variant = make(&case, which).unwrap();
        let params = &variant.journey.program.base.params;
        let count = |name: &str| params.iter().find(|p| p.name.name == name).unwrap().evidence.count.clone().unwrap();
        assert_eq!(count("to_cart").1, count("clicked").0, "4 of those who clicked");
        // Whoever clicked, 4 of 1,000 order.
        let answer = variant.questions().next().unwrap().written(None, Lang::Fr);
        assert_eq!(answer.replace('\u{202f}', " "), "0,4 %");
    }
}

#[test]
fn later_answers_build_on_earlier_ones() {
    let compiled = compiled(
        "  question \"Commandes\" answer order_rate decimals 1 marks 2
  question \"Coût\" answer cost per order decimals 2 marks 2
",
    );
    let follows: Vec<Vec<usize>> = variant(&compiled).questions().map(|q| q.follows.clone()).collect();
    assert_eq!(follows, [vec![], vec![1]]);
}

#[test]
fn refusals_name_the_constraint() {
    let fault = |exam: &str| {
        let compiled = compiled(exam);
        let case = Case::new(&compiled, Wanted { exam: 0, seed: 1, variants: 1 });
        case.and_then(|case| case.prove().map(drop).map_err(|refused| refused.fault)).unwrap_err()
    };
    // 4/90 is 4.44… %: never exact.
    assert_eq!(fault("  question \"Q\" answer to_cart decimals 2 nice marks 1\n"), Fault::NotNice(1));
    assert_eq!(
        fault("  distractor shelf\n  question \"Q\" answer order_rate marks 1\n"),
        Fault::DistractorHidden("shelf".into())
    );
    let needed = "  distractor to_cart\n  annex \"A\" = params\n  question \"Q\" answer order_rate marks 1\n";
    assert_eq!(fault(needed), Fault::DistractorNeeded("to_cart".into(), 1));
    let alike = "  distractor sold\n  annex \"A\" figures sold, bought\n  question \"Q\" answer bought * 2 marks 1\n";
    assert_eq!(fault(alike), Fault::DistractorAnswers("sold".into(), 1));
}

#[test]
fn a_count_that_is_asked_for_is_worked_out_as_a_division() {
    let compiled = compiled("  question \"CSAT\" answer satisfied decimals 0 marks 1\n  marks total 1\n");
    let variant = variant(&compiled);
    let lines: Vec<String> = variant
        .questions()
        .flat_map(|q| q.working.lines.iter().map(|line| line.text.replace(['\u{a0}', '\u{202f}'], " ")))
        .collect();
    // 340 / 400 = 0.85.
    assert_eq!(lines, ["340/400 = 85 %", "Résultat : 85 %"]);
}
