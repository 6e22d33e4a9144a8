//! `jalon schema`: what programs may rely on.

use super::args::{Schema, SchemaOptions};
use super::exit::{Exit, Trouble};
use super::files::print;
use crate::report::{FINDINGS_SCHEMA, REPORT_SCHEMA};

pub(super) fn schema(options: &SchemaOptions) -> Result<Exit, Trouble> {
    print(match options.of {
        Schema::Report => REPORT_SCHEMA,
        Schema::Findings => FINDINGS_SCHEMA,
    })?;
    Ok(Exit::Fine)
}
