//! What a paper gives: params, printed exactly.

use super::fault::Fault;
use super::value::{Rounded, Value};
use crate::locale::{self, Lang};
use crate::model::law::nearest;
use crate::model::{Model, Param, ParamId, Unit, WovenForm};
use num_rational::BigRational;

/// A param as a paper gives it.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its label.
    pub label: String,
    /// Of a count: how many, of how many.
    pub count: Option<(BigRational, BigRational)>,
    /// Its value, where that has an exact print.
    pub value: Option<Rounded>,
    /// Of a time: as it is written.
    pub time: Option<String>,
}

/// A param as a paper gives it.
///
/// # Errors
/// It has no exact print, as a count or as a number.
pub fn given(model: &Model, id: ParamId) -> Result<Given, Fault> {
    let Param { name, value, unit, evidence, .. } = &model.params[id.index()];
    let count = evidence.count.clone();
    let time = (*unit == Unit::Time && value.is_integer()).then(|| locale::duration(nearest(value), model.locale));
    let value = if *unit == Unit::Time { None } else { Value::of(value.clone()).whole(*unit) };
    if count.is_none() && value.is_none() && time.is_none() {
        return Err(Fault::Inexact(name.label.clone()));
    }
    Ok(Given { label: name.label.clone(), count, value, time })
}

/// A number of things.
pub(super) fn whole(number: &BigRational, lang: Lang) -> String {
    locale::integer(nearest(number), lang)
}

impl Given {
    /// In a table: `90 sur 1 000`, `75 %`, `59 €`.
    #[must_use]
    pub fn in_table(&self, currency: Option<&str>, lang: Lang) -> String {
        match &self.count {
            Some((n, of)) => {
                let (n, of) = (whole(n, lang), whole(of, lang));
                format!("{n} {} {of}", lang.pick("of", "sur"))
            }
            None => self.value(currency, lang).unwrap_or_default(),
        }
    }

    fn value(&self, currency: Option<&str>, lang: Lang) -> Option<String> {
        self.time.clone().or_else(|| self.value.as_ref().map(|value| money_like(value).written(currency, lang)))
    }

    /// In a text.
    pub(super) fn in_text(&self, form: WovenForm, currency: Option<&str>, lang: Lang) -> Result<String, Fault> {
        match (form, &self.count) {
            (WovenForm::Count, Some((n, _))) => Ok(whole(n, lang)),
            (WovenForm::Base, Some((_, of))) => Ok(whole(of, lang)),
            _ => self.value(currency, lang).ok_or_else(|| Fault::Inexact(self.label.clone())),
        }
    }
}

/// Money has two decimals or none.
fn money_like(value: &Rounded) -> Rounded {
    let cents = value.unit == Unit::Money && value.decimals == 1;
    if cents { Rounded { decimals: 2, ..value.clone() } } else { value.clone() }
}
