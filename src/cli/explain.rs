//! `jalon explain`: the page of a code.

use super::args::{ExplainOptions, Format};
use super::exit::{Exit, Trouble};
use super::files::print;
use crate::diagnostics::Code;

pub(super) fn explain(options: &ExplainOptions) -> Result<Exit, Trouble> {
    let Some(code) = Code::from_number(&options.code) else {
        let first = Code::ALL.first().map_or("", |c| c.number());
        let last = Code::ALL.last().map_or("", |c| c.number());
        return Err(Trouble::Usage(format!("there is no code `{}`: codes go from {first} to {last}", options.code)));
    };
    match options.format {
        Format::Human => print(code.page())?,
        Format::Json => {
            let value = serde_json::json!({
                "code": code.number(),
                "name": code.slug(),
                "severity": code.severity(),
                "page": code.page(),
            });
            print(&format!("{value:#}\n"))?;
        }
    }
    Ok(Exit::Fine)
}
