//! A list that is filled again and again: its room is kept, and written over rather than cleared.
//!
//! It starts on a line of the cache, and goes on for [`SPARE`] items beyond its length, so that whole registers can be read and
//! written at its end.

use std::ops::{Deref, DerefMut};

/// Items beyond the last one that may be read, as whatever they are, and written.
pub(super) const SPARE: usize = 8;
/// Bytes of a line of the cache.
const LINE: usize = 64;

/// A list; beyond its length there is room with old items.
#[derive(Clone, Debug, Default)]
pub(super) struct Buffer<T> {
    items: Vec<T>,
    start: usize,
    length: usize,
}

impl<T: Copy + Default> Buffer<T> {
    /// Makes it longer or shorter. What comes to it holds old items.
    pub(super) fn set_length(&mut self, length: usize) {
        if self.items.len() < self.start + length + SPARE {
            self.grow(length);
        }
        self.length = length;
    }

    #[cold]
    fn grow(&mut self, length: usize) {
        let mut items = vec![T::default(); (LINE + length + SPARE).next_power_of_two()];
        let start = items.as_ptr().align_offset(LINE).min(LINE);
        items[start..start + self.length].copy_from_slice(self);
        (self.items, self.start) = (items, start);
    }

    /// Makes it hold what an iterator gives.
    pub(super) fn fill(&mut self, items: impl ExactSizeIterator<Item = T>) {
        self.set_length(items.len());
        self.iter_mut().zip(items).for_each(|(place, item)| *place = item);
    }

    /// Makes all items the same.
    pub(super) fn fill_with(&mut self, item: T) {
        self.iter_mut().for_each(|place| *place = item);
    }

    /// The list from some item on, with the spare items beyond its end.
    pub(super) fn room(&self, from: usize) -> &[T] {
        &self.items[self.start..][from..self.length + SPARE]
    }

    /// The same, to be written.
    pub(super) fn room_mut(&mut self, from: usize) -> &mut [T] {
        &mut self.items[self.start..][from..self.length + SPARE]
    }
}

impl<T> Deref for Buffer<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items[self.start..self.start + self.length]
    }
}

impl<T> DerefMut for Buffer<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items[self.start..self.start + self.length]
    }
}
