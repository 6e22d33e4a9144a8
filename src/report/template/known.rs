//! What a template is given, which remembers what was looked for in it and is not there.

use minijinja::Value;
use minijinja::value::{Enumerator, Object};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// How many of the last misses are kept: `is defined` makes some that are no mistake.
const KEPT: usize = 32;

/// A name that was looked for and is not there.
#[derive(Clone, Debug)]
pub(super) struct Miss {
    pub name: String,
    /// Where it was looked for: `v.hot`; empty for what stands alone.
    pub within: String,
    /// What is there.
    pub names: Vec<String>,
}

/// The last of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Misses(Arc<Mutex<VecDeque<Miss>>>);

impl Misses {
    fn push(&self, miss: Miss) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(miss);
    }

    /// The last one whose name stands in a text.
    pub(super) fn last_in(&self, text: &str) -> Option<Miss> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stands = |name: &str| {
            let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
            text.match_indices(name)
                .any(|(at, _)| !text[..at].ends_with(is_of_word) && !text[at + name.len()..].starts_with(is_of_word))
        };
        kept.iter().rev().find(|miss| stands(&miss.name)).cloned()
    }
}

/// A map of the view.
#[derive(Debug)]
pub(super) struct Known {
    values: BTreeMap<String, Value>,
    within: String,
    misses: Misses,
}

impl Known {
    /// All that a template is given.
    pub(super) fn root(
        data: &serde_json::Map<String, serde_json::Value>,
        safe: &[(&'static str, Value)],
        misses: &Misses,
    ) -> Value {
        let mut known = Self::map(data, "", misses);
        known.values.extend(safe.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        Value::from_object(known)
    }

    fn map(data: &serde_json::Map<String, serde_json::Value>, within: &str, misses: &Misses) -> Self {
        let inner = |name: &str| if within.is_empty() { name.to_owned() } else { format!("{within}.{name}") };
        let values = data.iter().map(|(name, value)| (name.clone(), Self::value(value, &inner(name), misses))).collect();
        Self { values, within: within.to_owned(), misses: misses.clone() }
    }

    fn value(value: &serde_json::Value, within: &str, misses: &Misses) -> Value {
        match value {
            serde_json::Value::Object(map) => Value::from_object(Self::map(map, within, misses)),
            serde_json::Value::Array(items) => {
                let each = format!("{within}[]");
                Value::from(items.iter().map(|item| Self::value(item, &each, misses)).collect::<Vec<_>>())
            }
            serde_json::Value::String(text) => Value::from(text.as_str()),
            serde_json::Value::Bool(is) => Value::from(*is),
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => Value::from(whole),
                (None, Some(number)) => Value::from(number),
                (None, None) => Value::from(number.to_string()),
            },
            serde_json::Value::Null => Value::from(()),
        }
    }
}

impl Object for Known {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let found = self.values.get(key).cloned();
        if found.is_none() {
            let names = self.values.keys().cloned().collect();
            self.misses.push(Miss { name: key.to_owned(), within: self.within.clone(), names });
        }
        found
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.values.keys().map(|key| Value::from(key.as_str())).collect())
    }
}
