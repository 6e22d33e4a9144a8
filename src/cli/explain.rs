//! `jalon explain`: the page of a code, or the list of all.

use super::args::{ExplainOptions, PageFormat};
use super::exit::{Exit, Trouble};
use super::files::print;
use super::policy::find_code;
use crate::diagnostics::{Code, Severity};
use serde_json::{Value, json};

pub(super) fn explain(options: &ExplainOptions) -> Result<Exit, Trouble> {
    let code = options.code.as_deref().map(find_code).transpose()?;
    match (options.format, code) {
        (PageFormat::Human, Some(code)) => print(code.page())?,
        (PageFormat::Human, None) => print(&Code::ALL.iter().copied().map(line).collect::<String>())?,
        (PageFormat::Json, Some(code)) => print(&format!("{:#}\n", view(code)))?,
        (PageFormat::Json, None) => {
            let all: Vec<Value> = Code::ALL.iter().copied().map(view).collect();
            print(&format!("{:#}\n", json!(all)))?;
        }
    }
    Ok(Exit::Fine)
}

fn line(code: Code) -> String {
    let severity = match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    format!("{}  {severity:<7}  {}\n", code.number(), code.slug().replace('-', " "))
}

fn view(code: Code) -> Value {
    json!({ "code": code.number(), "name": code.slug(), "severity": code.severity(), "page": code.page() })
}
