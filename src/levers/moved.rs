//! A journey read again with other values of one param.

use crate::compile::{Compiled, Journey};
use crate::model::Param;
use crate::resolve::Given;
use num_rational::BigRational;
use std::cell::RefCell;
use std::rc::Rc;

/// Readings of a journey at several values of a param, each read once where several figures ask.
pub(super) struct Moved<'a> {
    compiled: &'a Compiled,
    pub(super) param: &'a Param,
    /// Whether scenarios are read too.
    scenarios: bool,
    known: Option<RefCell<Vec<Reading>>>,
}

/// A value, and the journey at it if it is possible.
type Reading = (BigRational, Option<Rc<Journey>>);

impl<'a> Moved<'a> {
    /// `scenarios`: whether some figure reads them. `several`: whether what is read is kept for the next figure.
    pub(super) fn new(compiled: &'a Compiled, param: &'a Param, scenarios: bool, several: bool) -> Self {
        Self { compiled, param, scenarios, known: several.then(RefCell::default) }
    }

    /// The journey with that value of the param; `None` if it is impossible then.
    pub(super) fn at(&self, value: &BigRational) -> Option<Rc<Journey>> {
        let Some(known) = &self.known else { return self.read(value) };
        if let Some((_, journey)) = known.borrow().iter().find(|(at, _)| at == value) {
            return journey.clone();
        }
        let journey = self.read(value);
        known.borrow_mut().push((value.clone(), journey.clone()));
        journey
    }

    fn read(&self, value: &BigRational) -> Option<Rc<Journey>> {
        let given = Given::from([(self.param.name.name.clone(), value.clone())]);
        let read = if self.scenarios { self.compiled.again(&given) } else { self.compiled.base_again(&given) };
        read.ok().map(Rc::new)
    }
}
