//! A text that is built in a constant.

use stage_config_names::STAGE;

/// A text in an array, because a constant has no heap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message {
    bytes: [u8; Self::MOST],
    length: usize,
}

impl Message {
    const MOST: usize = 1024;
    pub(crate) const EMPTY: Self = Self { bytes: [0; Self::MOST], length: 0 };

    /// Appends; what does not fit is left out.
    pub(crate) const fn and(mut self, more: &str) -> Self {
        let more = more.as_bytes();
        if self.length + more.len() <= Self::MOST {
            let mut at = 0;
            while at < more.len() {
                self.bytes[self.length + at] = more[at];
                at += 1;
            }
            self.length += more.len();
        }
        self
    }

    /// Appends a name as written, with `{stage}` replaced and without its selector.
    pub(crate) const fn and_rendered(mut self, mut name: &str, stage: &str) -> Self {
        let mut end = 0;
        while end < name.len() {
            match name.as_bytes()[end] {
                b':' => break,
                b'{' => {
                    let (before, rest) = name.split_at(end);
                    self = self.and(before).and(stage);
                    (name, end) = (rest.split_at(STAGE.len()).1, 0);
                }
                _ => end += 1,
            }
        }
        self.and(name.split_at(end).0)
    }

    /// Appends a list, each word in `quotes`.
    pub(super) const fn and_list(mut self, words: &[&str], quotes: &str) -> Self {
        let mut at = 0;
        while at < words.len() {
            self = self.and(if at == 0 { "" } else { ", " }).and(quotes).and(words[at]).and(quotes);
            at += 1;
        }
        self
    }

    pub(crate) const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_in_a_message_is_left_out() {
        let text = Message::EMPTY.and(&"a".repeat(Message::MOST)).and("b");
        assert_eq!(text.as_str().len(), Message::MOST);
    }
}
