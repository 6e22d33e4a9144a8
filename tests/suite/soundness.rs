//! What holds for every text, whatever it says. Used by the properties of the suite and by the fuzzer (`fuzz/`).

use jalon::compile::{Compiled, compile};
use jalon::diagnostics::{
    FileId, Severity, Sources, Span, has_errors, json_view, render_github, render_human, render_plain, sarif_view,
};
use jalon::locale::Lang;
use jalon::resolve::{LoadError, Loader};

/// Includes lead nowhere.
pub(crate) struct Nothing;

impl Loader for Nothing {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

/// Compiles a text and fails unless there is a journey or an error that says why not, every place lies in the text, at
/// boundaries of characters, and every finding can be shown to people and programs, in either language. Gives what came out.
pub(crate) fn check(text: &str) -> Compiled {
    let compiled = compile("any.journey", text.to_owned(), &Nothing);
    let library = compiled.journey.is_none() && !has_errors(&compiled.diagnostics);
    assert!(!library || text.contains("library"), "no journey, and no error");
    assert!(compiled.journey.is_none() || !has_errors(&compiled.diagnostics), "a journey, and errors");
    // One of them each time: drawing pages takes longer than all the rest.
    let languages = if text.len().is_multiple_of(2) { [Lang::En] } else { [Lang::Fr] };
    for found in &compiled.diagnostics {
        assert!(!found.message.en.is_empty() && !found.message.fr.is_empty(), "{found:?} says nothing");
        assert!(found.code.number() != "J0902", "{found:?} is our own fault");
        let places = found.labels.iter().map(|label| label.span);
        let edits = found.help.iter().filter_map(|help| help.edit.as_ref()).map(|edit| edit.span);
        for span in places.chain(edits) {
            assert!(lies_in(&compiled.sources, span), "{found:?} stands beside the text");
        }
        for lang in languages {
            let view = json_view(found, &compiled.sources, lang);
            assert!(view.labels.iter().all(|label| label.line >= 1 && label.column >= 1), "{view:?}");
        }
    }
    for lang in languages {
        let page = render_human(&compiled.diagnostics, &compiled.sources, lang, false);
        assert_eq!(page.is_empty(), compiled.diagnostics.is_empty());
        let plain = render_plain(&compiled.diagnostics, &compiled.sources, lang);
        assert_eq!(plain.is_empty(), compiled.diagnostics.is_empty());
        let github = render_github(&compiled.diagnostics, &compiled.sources, lang);
        assert_eq!(github.is_empty(), compiled.diagnostics.is_empty());
        let sarif = sarif_view(&compiled.diagnostics, &compiled.sources, lang);
        assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(compiled.diagnostics.len()));
    }
    compiled
}

/// Formats a text and fails unless its form is refused, or has a form that is itself and says the same: the same findings, the
/// same chain, the same comments.
pub(crate) fn format(text: &str) {
    let Ok(form) = jalon::syntax::format(FileId(0), text) else { return };
    assert_eq!(jalon::syntax::format(FileId(0), &form).as_deref(), Ok(form.as_str()), "the form has another form");
    let [before, after] = [text, &form].map(|text| compile("any.journey", text.to_owned(), &Nothing));
    let codes = |compiled: &Compiled| {
        // Beside an error, what may come of it hangs on the words of its line.
        let grave = compiled.diagnostics.iter().filter(|d| d.severity == Severity::Error || compiled.journey.is_some());
        let mut codes: Vec<_> = grave.map(|d| d.code).collect();
        codes.sort_unstable();
        codes
    };
    assert_eq!(codes(&before), codes(&after), "the form says something else");
    let chain = |compiled: &Compiled| compiled.journey.as_ref().map(|journey| format!("{:?}", journey.chains));
    assert_eq!(chain(&before), chain(&after), "the form means something else");
    let comments =
        |text: &str| -> Vec<String> { jalon::syntax::comments(text).map(|c| text[c.range].trim().to_owned()).collect() };
    assert_eq!(comments(text), comments(&form), "the form has other comments");
}

fn lies_in(sources: &Sources, span: Span) -> bool {
    let text = &sources.get(span.file).text;
    let (start, end) = (span.start as usize, span.end as usize);
    start <= end && text.is_char_boundary(start) && text.is_char_boundary(end)
}
