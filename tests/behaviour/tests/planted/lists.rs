//! The mistakes that are not repaired by the rules of `fix`, by name and each with its reason.

/// How many mistakes are repaired; to be raised when it is more.
pub(crate) const REPAIRED: usize = 198;

/// Errors of the compiler that show no code to paste.
pub(crate) const NO_CODE_OF_THE_COMPILER: &[(&str, &str)] = &[
    ("attributes/misspelt Config.like_none_of_them", "an attribute that is near to none"),
    (
        "types/secrets Config.of_the_type_within",
        "a number where a secret is wanted: the second error",
    ),
    ("types/values Config.default", "a number where another is wanted: rustc suggests nothing"),
    ("types/values Config.one_of_two", "a `bool` where a number is wanted: the same"),
    ("types/values Config.unknown_function", "a function that rustc does not know"),
];

/// No rule repairs these: something is left for a human to choose.
pub(crate) const FOR_A_HUMAN: &[(&str, &str)] = &[
    ("attributes/keys Config.no_stages_here", UNKNOWN_KEY),
    ("attributes/keys Config.without_a_value", VALUE),
    ("attributes/misspelt Config.like_none_of_them", "which attribute was meant"),
    (
        "attributes/option_shapes ListInBrackets",
        "a second error of the same mistake lists the keys",
    ),
    ("attributes/options Keys", UNKNOWN_KEY),
    ("attributes/places OnTheStruct", "for which field the attribute was meant"),
    ("attributes/punctuation Config.lone_key", VALUE),
    ("attributes/punctuation Config.lone_stage", VALUE),
    ("attributes/punctuation Config.no_value", VALUE),
    ("items/generics Borrowed", TYPES),
    ("items/generics Sized", TYPES),
    ("items/generics Typed", TYPES),
    ("items/shapes Enum", FIELDS),
    ("items/shapes Tuple", FIELDS),
    ("items/shapes Union", FIELDS),
    ("items/shapes Unit", FIELDS),
    ("page/generic_struct Config", TYPES),
    ("page/unreadable_type Config.limits", FROM_STR),
    ("stages/idle NoStruct", FIELDS),
    ("stages/missing Declared.like_none", "a name of which no other stage is the model"),
    ("stages/missing Declared.two_values", VALUE),
    ("stages/slips Config.key_of_another_attribute", UNKNOWN_KEY),
    ("stages/unknown Declared.one_too_many", UNKNOWN_KEY),
    ("stages/unknown Declared.something_else", UNKNOWN_KEY),
    ("types/beside_mistakes Config.bad_type", FROM_STR),
    ("types/not_readable Config.borrowed", FROM_STR),
    ("types/not_readable Config.borrowed_or_owned", FROM_STR),
    ("types/not_readable Config.bytes", FROM_STR),
    ("types/not_readable Config.list", FROM_STR),
    ("types/not_readable Config.literal", FROM_STR),
    ("types/not_readable Config.no_from_str", FROM_STR),
    ("types/not_readable Config.optional", FROM_STR),
    ("types/not_readable Config.variable", FROM_STR),
    ("types/secrets Config.of_the_type_within", "the second error has no code; see BROKEN_FIXES"),
    ("types/values Config.default", VALUE),
    ("types/values Config.one_of_two", VALUE),
    ("types/values Config.unknown_function", VALUE),
];

const VALUE: &str = "which value is wanted";
const UNKNOWN_KEY: &str = "which of the known keys was meant, if any";
const TYPES: &str = "what stands for the parameter of the type";
const FIELDS: &str = "which fields a configuration has";
const FROM_STR: &str = "another type, or how the text is read";

/// Behind these stands another mistake, of which nothing is said before they are repaired.
pub(crate) const BEFORE_ANOTHER: &[(&str, &str)] = &[
    ("attributes/punctuation Config.two_values", "a value for all stages and one for a stage"),
    ("stages/keywords Config.a_module", OTHER_STAGES),
    ("stages/keywords Config.a_type", OTHER_STAGES),
    ("stages/keywords Config.key_of_the_struct", OTHER_STAGES),
    ("stages/keywords Config.never_usable", OTHER_STAGES),
    ("stages/keywords Config.underscore", OTHER_STAGES),
    ("stages/keywords Config.usable_as_a_raw_one", OTHER_STAGES),
    ("types/beside_mistakes Config.second_bad_name", "a type that is not readable"),
];

const OTHER_STAGES: &str = "each field names another stage, which the others then lack";

/// The help of these, followed to the letter, does not compile. It is the help that is to be mended.
pub(crate) const BROKEN_FIXES: &[(&str, &str)] = &[
    ("stages/slips WithTheirValues", "`stages(dev, prod)` drops the stages that were written"),
    (
        "attributes/option_shapes Assigned",
        "`#[stage_config(\"dev\")]` is refused in turn, because `\"dev\"` stands behind no key",
    ),
    (
        "stages/keywords InOptions",
        "`try` in `stages(…)` and in `fallback` is not told to be `r#try`, as it is in a field",
    ),
    (
        "types/optional Config.of_the_type_within",
        "a second error says `Some(50)`, which is refused too",
    ),
    ("types/secrets Config.of_the_type_within", "a second error asks for a secret in the code"),
];
