//! The errors of a `.stderr` file, as the compiler printed them.

/// One error.
pub(crate) struct Said {
    /// All its lines.
    pub(crate) text: String,
    /// Where it points: the file, and the line and column, which count from 1.
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// How many columns are underlined. A wide character takes two.
    pub(crate) carets: usize,
}

/// What an error says to do.
pub(crate) enum Help<'a> {
    /// Our own words, behind `help: `.
    Words(&'a str),
    /// Lines of the source as the compiler would have them, by their numbers.
    Lines(Vec<(usize, &'a str)>),
}

/// The errors of a `.stderr` file, in its order.
pub(crate) fn errors(stderr: &str) -> Vec<Said> {
    let mut texts: Vec<String> = Vec::new();
    for line in stderr.lines() {
        if line.starts_with("error") || line.starts_with("warning") {
            texts.push(String::new());
        }
        let text = texts.last_mut().expect("a `.stderr` file begins with an error");
        text.push_str(line);
        text.push('\n');
    }
    texts.into_iter().map(Said::read).collect()
}

impl Said {
    fn read(text: String) -> Self {
        let mut lines = text.lines();
        let place = lines.find_map(|it| it.trim_start().strip_prefix("--> "));
        let place = place.unwrap_or_else(|| panic!("points nowhere:\n{text}"));
        let [column, line, file] = place.rsplitn(3, ':').collect::<Vec<_>>()[..] else {
            panic!("`{place}` is no place in a file")
        };
        let (file, line, column) = (file.to_owned(), number(line), number(column));
        let underline = lines.find_map(|it| it.split_once("| ").filter(|it| it.1.contains('^')));
        let underline = underline.map_or("", |it| it.1).trim_start();
        // A long line is cut in its middle, and its underline too.
        let carets = underline.chars().take_while(|&it| it == '^' || it == '.').count();
        Self { text, file, line, column, carets }
    }

    /// Whether it is the compiler's own: one with a code, or about a name it does not know.
    pub(crate) fn is_the_compilers(&self) -> bool {
        self.text.starts_with("error[") || self.text.starts_with("error: cannot find ")
    }

    pub(crate) fn help(&self) -> Option<Help<'_>> {
        let words = self.text.lines().find_map(|line| {
            line.trim_start().strip_prefix("= note: help: ").or_else(|| {
                // At the beginning of a line and behind a `=`, the compiler speaks.
                line.trim_start().strip_prefix("help: ").filter(|_| line.starts_with(' '))
            })
        });
        if words.is_some() {
            return words.map(Help::Words);
        }
        let lines = self.suggestion();
        (!lines.is_empty()).then_some(Help::Lines(lines))
    }

    /// `5 + new line`, or `5 | new line` with a `+++` below what is new in it.
    fn suggestion(&self) -> Vec<(usize, &str)> {
        let lines: Vec<_> = self.text.lines().skip_while(|it| !it.starts_with("help: ")).collect();
        let below = lines.iter().skip(1).copied().chain([""]);
        lines
            .iter()
            .zip(below)
            .filter_map(|(line, below)| {
                let (number, rest) = line.trim_start().split_once(' ')?;
                let number = number.parse().ok()?;
                let marks = below.split_once('|').map_or("", |it| it.1).trim();
                let is_new = !marks.is_empty() && marks.chars().all(|it| "+~ ".contains(it));
                let text = match rest.strip_prefix("+ ") {
                    Some(text) => text,
                    None => rest.strip_prefix("| ").filter(|_| is_new)?,
                };
                Some((number, text))
            })
            .collect()
    }
}

/// What stands in back-ticks in these words.
pub(crate) fn codes(words: &str) -> impl Iterator<Item = &str> {
    words.split('`').skip(1).step_by(2)
}

fn number(digits: &str) -> usize {
    digits.parse().unwrap_or_else(|_| panic!("`{digits}` is not a number"))
}
