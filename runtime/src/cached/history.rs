//! Which fields each value in service changed.

/// When each field of a value changed last. Values are counted from 1, in the order in which they came
/// into service.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// The number of the value; 0 until it is in service.
    number: u64,
    fields: Vec<Field>,
}

#[derive(Debug, Clone, Copy)]
struct Field {
    /// What it was read from. `None` if nobody knows: the user has set it.
    fingerprint: Option<u64>,
    /// The number of the value that changed it; 0 if it is as in the first one.
    changed: u64,
}

impl History {
    /// Of a value that a load has read from texts with these fingerprints, field by field.
    pub(crate) fn of_loaded(fingerprints: Vec<u64>) -> Self {
        Self::new(fingerprints.into_iter().map(Some))
    }

    /// Of a value with so many fields that the user has set.
    pub(crate) fn of_set(fields: usize) -> Self {
        Self::new(std::iter::repeat_n(None, fields))
    }

    fn new(fingerprints: impl Iterator<Item = Option<u64>>) -> Self {
        let fields = fingerprints.map(|fingerprint| Field { fingerprint, changed: 0 }).collect();
        Self { number: 0, fields }
    }

    /// Counts the value, which comes into service after the one with this history.
    pub(crate) fn follow(&mut self, previous: Option<&Self>) {
        let Some(previous) = previous else {
            self.number = 1;
            return;
        };
        self.number = previous.number + 1;
        for (field, old) in self.fields.iter_mut().zip(&previous.fields) {
            let is_same = field.fingerprint.is_some() && field.fingerprint == old.fingerprint;
            field.changed = if is_same { old.changed } else { self.number };
        }
    }

    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The indexes of the fields that have changed since the value with this number, or since the
    /// first one if it is 0.
    pub(crate) fn changed_since(&self, number: u64) -> Vec<usize> {
        let changed = |(index, field): (usize, &Field)| (field.changed > number).then_some(index);
        self.fields.iter().enumerate().filter_map(changed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In service after `previous`.
    fn after(previous: &History, mut history: History) -> History {
        history.follow(Some(previous));
        history
    }

    #[test]
    fn a_change_is_told_until_it_was_seen() {
        let mut first = History::of_loaded(vec![10, 20]);
        first.follow(None);
        assert_eq!((first.number(), first.changed_since(0)), (1, vec![]));
        let second = after(&first, History::of_loaded(vec![11, 20]));
        assert_eq!(second.changed_since(0), [0]);
        assert_eq!(second.changed_since(1), [0]);
        assert_eq!(second.changed_since(2), [0; 0]);
        let third = after(&second, History::of_loaded(vec![11, 21]));
        assert_eq!(third.changed_since(1), [0, 1]);
        assert_eq!(third.changed_since(2), [1]);
    }

    #[test]
    fn a_value_that_was_set_may_differ_in_every_field() {
        let mut first = History::of_loaded(vec![10, 20]);
        first.follow(None);
        let set = after(&first, History::of_set(2));
        assert_eq!(set.changed_since(1), [0, 1]);
        assert_eq!(after(&set, History::of_set(2)).changed_since(2), [0, 1]);
        assert_eq!(after(&set, History::of_loaded(vec![10, 20])).changed_since(2), [0, 1]);
    }
}
