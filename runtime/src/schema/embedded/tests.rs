//! Round trips, damage, and what a hostile file may try.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use stage_config_names::description::{self, VERSION, kind};

use super::*;
use crate::schema::table::{Field, Kind, ParameterTable};
use crate::schema::{Reads, Stages};

/// `PROPTEST_CASES` random tables and files, or else a few, which are the same in each run.
fn config() -> Config {
    let usual = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return usual;
    }
    Config { cases: 2_000, rng_seed: RngSeed::Fixed(0), ..usual }
}

fn bytes_of(table: &'static ParameterTable) -> Vec<u8> {
    let nested = table.fields.iter().filter_map(|field| match field.kind {
        Kind::Nested(table, _) => Some(&*bytes_of(table).leak()),
        _ => None,
    });
    let parts = Parts::new(written(table).leak(), leaked(nested.collect()));
    let mut bytes = vec![0; Parts::length(&parts, table)];
    parts.write(table, &mut bytes);
    bytes
}

/// What the derive writes.
fn written(table: &ParameterTable) -> Vec<u8> {
    let field = |field: &Field| {
        let (kind, names) = match field.kind {
            Kind::Value => (kind::VALUE, vec![]),
            Kind::Stage => (kind::STAGE, vec![]),
            Kind::Env(variable) => (kind::ENV, vec![variable]),
            Kind::Ssm(names) => (kind::SSM, names.names.to_vec()),
            Kind::Secret(names) => (kind::SECRET, names.names.to_vec()),
            Kind::SsmPath(names) => (kind::SSM_PATH, names.names.to_vec()),
            Kind::Nested(_, prefix) => {
                (kind::NESTED, prefix.map(|prefix| prefix.names.to_vec()).unwrap_or_default())
            }
        };
        let Field { name, ty, doc, json_key, default, .. } = *field;
        description::Field { kind, name, ty, doc, json_key, default, names }
    };
    let Stages { rules, accounts } = table.stages;
    description::Table {
        config: table.config,
        variable: table.variable,
        fallback: rules.fallback,
        allow_near_misses: rules.allow_near_misses,
        declared: rules.declared.to_vec(),
        aliases: rules.aliases.to_vec(),
        accounts: accounts.to_vec(),
        fields: table.fields.iter().map(field).collect(),
    }
    .write()
}

/// What is found, as text.
fn found(bytes: &[u8]) -> Vec<String> {
    let found = find_descriptions(bytes).into_iter();
    found.map(|it| it.map_or_else(|error| error.to_string(), |it| format!("{it:?}"))).collect()
}

fn leaked<T>(list: Vec<T>) -> &'static [T] {
    list.leak()
}

/// Numbers that choose what a table contains: the smaller, the simpler.
struct Choices(std::vec::IntoIter<u8>);

impl Choices {
    fn below(&mut self, end: usize) -> usize {
        (usize::from(self.0.next().unwrap_or(0)) * end) >> u8::BITS
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn table(&mut self, outer: Option<Stages>, depth: usize) -> &'static ParameterTable {
        let stages = match outer {
            Some(stages) => self.of(&[Stages::__new(&[], &[], None, false), stages]),
            None => self.stages(),
        };
        let fields = (0..self.below(6)).map(|_| self.field(stages, depth)).collect();
        let variable = self.of(&[None, Some("STAGE")]);
        let config = self.of(&["Config", "", "Größe"]);
        Box::leak(Box::new(ParameterTable::__new(config, stages, variable, leaked(fields))))
    }

    fn stages(&mut self) -> Stages {
        let all = ["dev", "prod", "pre-prod", "qa1"];
        let declared = leaked(all[..self.below(5)].to_vec());
        let of: &'static str = declared.last().copied().unwrap_or_default();
        if of.is_empty() {
            return Stages::__new(&[], &[], None, self.of(&[false, true]));
        }
        let aliases = leaked(vec![("production", of), ("live", of)][..self.below(3)].to_vec());
        let accounts = leaked(vec![("111122223333", of)][..self.below(2)].to_vec());
        let fallback = self.of(&[None, Some(of)]);
        Stages::__new(declared, aliases, fallback, self.of(&[false, true])).__accounts(accounts)
    }

    fn field(&mut self, stages: Stages, depth: usize) -> Field {
        let stages_or_one = [1, stages.declared().len().max(1)];
        let count = self.of(&stages_or_one);
        let names = |this: &mut Self, all: &[&'static str]| {
            stages.__names(leaked((0..count).map(|_| this.of(all)).collect()))
        };
        let kind = match self.below(if depth == 0 { 8 } else { 6 }) {
            0 => Kind::Value,
            1 => Kind::Stage,
            2 => Kind::Env(self.of(&["TABLE", "a"])),
            3 => Kind::Ssm(names(self, &["/a", "b", "/{stage}/c", "/d:3", "/aws/service/e"])),
            4 => Kind::Secret(names(self, &["a/b", "{stage}+c", "d:AWSPREVIOUS"])),
            5 => Kind::SsmPath(names(self, &["/a", "/{stage}/b"])),
            6 => Kind::Nested(self.table(Some(stages), depth - 1), None),
            // What is in it may not have a prefix.
            _ => Kind::Nested(empty(), Some(names(self, &["/a", "/b/{stage}"]))),
        };
        let facts = [self.of(&[false, true]), self.of(&[false, true])];
        let mut field =
            Field::__new(self.of(&["field", "größe"]), self.of(&["u8", ""]), facts, kind);
        let reads = self.of(&["", "u16", "[bool]", "base64 json"]);
        field = field.__reads(Reads::parse(reads).unwrap_or_default());
        field = field.__doc(self.of(&["", "What it is.\n\nMore"]));
        if self.of(&[false, true]) {
            field = field.__json_key("a.b");
        }
        if self.of(&[false, true]) { field.__default("\"info\"") } else { field }
    }
}

fn empty() -> &'static ParameterTable {
    Box::leak(Box::new(ParameterTable::__new("", Stages::__new(&[], &[], None, false), None, &[])))
}

fn any_table() -> impl Strategy<Value = &'static ParameterTable> {
    vec(any::<u8>(), 0..200).prop_map(|numbers| Choices(numbers.into_iter()).table(None, 3))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read(table in any_table(), before in vec(any::<u8>(), 0..40)) {
        let bytes = [&before, &*bytes_of(table), &before].concat();
        prop_assert_eq!(found(&bytes), [format!("{table:?}")]);
    }

    #[test]
    fn damage_is_an_error_or_another_table(
        table in any_table(),
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..5),
    ) {
        let mut bytes = bytes_of(table);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        for table in find_descriptions(&bytes).into_iter().flatten() {
            use_all(table);
        }
    }

    #[test]
    fn what_is_cut_off_is_said_to_be(table in any_table(), at in any::<prop::sample::Index>()) {
        let mut bytes = bytes_of(table);
        let whole = bytes.len();
        bytes.truncate(at.index(whole));
        let expected = usize::from(bytes.len() >= MAGIC.len());
        let found = found(&bytes);
        prop_assert_eq!(found.len(), expected);
        prop_assert!(found.iter().all(|it| it.contains("is cut off")), "{:?}", found);
    }

    #[test]
    fn random_bytes_are_no_description(bytes in vec(any::<u8>(), 0..200), is_body in any::<bool>()) {
        let mut file = MAGIC.to_vec();
        if is_body {
            file.extend(VERSION.to_le_bytes());
            file.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
        }
        file.extend(bytes);
        for table in find_descriptions(&file).into_iter().flatten() {
            use_all(table);
        }
    }
}

/// Everything that tools do with a table; none of it may panic.
fn use_all(table: &ParameterTable) {
    let _ = table.to_markdown();
    #[cfg(feature = "json")]
    let _ = table.to_json();
    for stage in table.stages().declared().iter().chain(&["", "featureX", "größe"]) {
        let _ = table.asked_at(stage);
    }
}

fn table(fields: Vec<Field>) -> &'static ParameterTable {
    let stages = Stages::__new(&["dev", "prod"], &[("live", "prod")], Some("dev"), false);
    Box::leak(Box::new(ParameterTable::__new("Config", stages, None, leaked(fields))))
}

fn field(kind: Kind) -> Field {
    Field::__new("field", "String", [false, false], kind)
}

fn named(name: &'static str) -> Field {
    field(Kind::Ssm(table(vec![]).stages.__names(leaked(vec![name]))))
}

#[test]
fn each_mistake_is_one_clear_line() {
    let sound = bytes_of(table(vec![named("/a/name")]));
    let changed = |from: &[u8], to: &[u8]| {
        let mut bytes = sound.clone();
        let at = bytes.windows(from.len()).position(|it| it == from).expect("it is in the bytes");
        bytes[at..at + to.len()].copy_from_slice(to);
        let [line] = &*found(&bytes) else { panic!("one description") };
        line.clone()
    };
    let damaged = |from: &[u8], to: &[u8]| {
        let line = changed(from, to);
        line.strip_prefix("the description at byte 0 is damaged: ")
            .map(str::to_owned)
            .unwrap_or(line)
    };
    assert_eq!(
        changed(&[1, 0, 0, 0], &[7]),
        "the description at byte 0 has format 7, of another version of stage-config; this one reads format 1"
    );
    let length = [u8::try_from(sound.len() - HEADER).unwrap(), 0, 0, 0];
    assert_eq!(
        changed(&length, &[0xff, 0xff, 0xff, 0xff]),
        format!(
            "the description at byte 0 is cut off: the file has {} of its 4294967319 bytes",
            sound.len()
        )
    );
    assert_eq!(damaged(&length, &[length[0] - 1]), "its table is longer than it is");
    assert_eq!(damaged(b"Config", b"\xff"), "a text is not UTF-8");
    assert_eq!(damaged(b"\x06Config", b"\xff\xff\xff\xff\x7f"), "a number has more than 32 bits");
    assert_eq!(damaged(b"\x07/a/name", b"\x07//"), "parameter name `///name` has an empty level");
    assert_eq!(damaged(b"\x03dev\x04prod", b"\x03  v"), "`  v` is not the name of a stage");
    assert_eq!(damaged(b"\x03dev\x04prod", b"\x03qa1"), "stage `dev` is not declared");
    assert_eq!(damaged(b"\x03\x05field", b"\x09"), "a field has an unknown kind");
}

#[test]
fn several_are_several_and_the_same_is_one() {
    let (one, other) = (bytes_of(table(vec![])), bytes_of(table(vec![named("/a")])));
    let elf = b"\x7fELF\x02\x01\x01\x00";
    assert_eq!(found(&[&elf[..], &one, elf, &other, &one].concat()).len(), 2);
    assert_eq!(found(elf), Vec::<String>::new());
    // A cut one hides none that follows it.
    let cut = [&one[..HEADER - 1], &other].concat();
    assert_eq!(found(&cut).len(), 2);
}

#[test]
fn names_that_no_derive_accepts_are_refused() {
    let nested = |inner, prefix: &'static str| {
        field(Kind::Nested(inner, Some(table(vec![]).stages.__names(leaked(vec![prefix])))))
    };
    let foreign = Stages::__new(&["test"], &[], None, false);
    let foreign = Box::leak(Box::new(ParameterTable::__new("Inner", foreign, None, &[])));
    let one_name =
        Stages::__new(&["dev", "prod", "qa"], &[], None, false).__names(&["/a", "/b", "/c"]);
    for (field, why) in [
        (named("a/b"), "has levels but does not begin with `/`"),
        (named("/a{stag}"), "parameter name"),
        (nested(table(vec![]), "prefix"), "path `prefix`"),
        (nested(table(vec![named("/aws/service/a")]), "/prefix"), "cannot have a prefix"),
        (field(Kind::Nested(foreign, None)), "`Inner` has other stages than `Config`"),
        (field(Kind::Ssm(one_name)), "3 names for 2 stages"),
    ] {
        let found = found(&bytes_of(table(vec![field])));
        assert!(found[0].contains("damaged") && found[0].contains(why), "{found:?}");
    }
}

#[test]
fn a_hostile_file_takes_no_time_and_no_memory() {
    let mut deep = table(vec![]);
    for _ in 0..10_000 {
        deep = table(vec![field(Kind::Nested(deep, None))]);
    }
    // The frames of `write` are those of a debug build.
    let thread = std::thread::Builder::new().stack_size(64 << 20);
    let deep = thread.spawn(|| bytes_of(deep)).unwrap().join().unwrap();
    assert!(found(&deep)[0].contains("more than 32 deep"));
    let mut many = MAGIC.to_vec();
    many.extend(VERSION.to_le_bytes());
    many.extend(10_u32.to_le_bytes());
    many.extend([0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0]);
    assert!(found(&many)[0].contains("its table is longer than it is"));
    // Each of them says that it is longer than what is left after some of them.
    let each = [&MAGIC[..], &VERSION.to_le_bytes(), &1_000_000_u32.to_le_bytes()].concat();
    assert_eq!(found(&each.repeat(50_000)).len(), 8_333);
}

/// What checking each name at each stage, in each struct around it, or printing each path would make of
/// less than a megabyte.
#[test]
fn a_hostile_file_causes_no_more_than_its_length_allows() {
    let stages: Vec<_> = (0..250).map(|n| &*format!("{}{n}", "s".repeat(30)).leak()).collect();
    let stages = Stages::__new(leaked(stages), &[], None, false);
    let none = Stages::__new(&[], &[], None, false);
    let inner = |stages, fields| -> &'static ParameterTable {
        Box::leak(Box::new(ParameterTable::__new("", stages, None, leaked(fields))))
    };
    let deep = |prefix: Option<&'static str>, outer: &'static str| {
        let fields = (0..10_000).map(|_| field(Kind::Ssm(none.__names(&["/{stage}"]))));
        let mut table = inner(none, fields.collect());
        for _ in 1..MAX_DEPTH {
            let prefix = prefix.map(|prefix| none.__names(leaked(vec![prefix])));
            let around = Field::__new(outer, "", [false, false], Kind::Nested(table, prefix));
            table = inner(none, vec![around]);
        }
        inner(stages, vec![field(Kind::Nested(table, None))])
    };
    let templates = (0..20_000).map(|_| field(Kind::Ssm(stages.__names(&["/{stage}/{stage}"]))));
    let too_long = "its names at all of its stages are too long";
    for (table, why) in [
        (inner(stages, templates.collect()), too_long),
        (deep(Some("/{stage}"), "f"), "is too long with its prefix or stage"),
        (deep(None, "f".repeat(10_000).leak()), too_long),
    ] {
        let found = found(&bytes_of(table));
        let shown: String = found[0].chars().take(200).collect();
        assert!(shown.contains(why), "{shown}");
    }
}
