//! The mistakes that are not repaired by the rules of `fix`, by name and each with its reason.

/// How many mistakes are repaired; to be raised when it is more.
pub(crate) const REPAIRED: usize = 480;

/// Errors of the compiler that show no code to paste.
pub(crate) const NO_CODE_OF_THE_COMPILER: &[(&str, &str)] = &[
    ("attributes/misspelt Config.like_none_of_them", "an attribute that is near to none"),
    ("conversions/functions Config.an_option", KIND),
    ("conversions/functions Config.another_argument", KIND),
    ("conversions/functions Config.another_type", KIND),
    ("conversions/functions Config.error_without_display", KIND),
    ("conversions/functions Config.no_result", KIND),
    ("conversions/functions Config.two_arguments", KIND),
    ("conversions/functions Config.unknown", UNKNOWN),
    ("conversions/functions Config.unknown_method", UNKNOWN),
    ("conversions/types Config.json_of_a_list_of_it", SERDE),
    ("conversions/types Config.json_of_an_optional_one", SERDE),
    ("conversions/types Config.json_of_what_is_not_deserialize", SERDE),
    ("items/validate_functions Another", KIND),
    ("items/validate_functions Bool", KIND),
    ("items/validate_functions ByValue", KIND),
    ("items/validate_functions Silent", KIND),
    ("items/validate_functions Unknown", UNKNOWN),
    ("items/validate_functions WithAValue", KIND),
    ("items/validate_functions WithoutArgument", KIND),
    ("types/values Config.default", "a number where another is wanted: rustc suggests nothing"),
    ("types/values Config.one_of_two", "a `bool` where a number is wanted: the same"),
    ("types/values Config.unknown_function", UNKNOWN),
];

const KIND: &str = "a function of another kind: rustc shows the kind that is wanted";
const UNKNOWN: &str = "a function that rustc does not know";
const SERDE: &str = "a type that serde does not know, which it says in its own words";

/// No rule repairs these: something is left for a human to choose.
pub(crate) const FOR_A_HUMAN: &[(&str, &str)] = &[
    ("attributes/habits Config.default_alone", VALUE),
    ("attributes/habits Config.default_without_value", VALUE),
    ("attributes/habits Config.lone_stage", VALUE),
    ("attributes/keys Config.without_a_value", VALUE),
    ("attributes/misspelt Config.like_none_of_them", "which attribute was meant"),
    ("attributes/option_habits Braces", UNKNOWN_KEY),
    ("attributes/option_habits DefaultForFallback", UNKNOWN_KEY),
    ("attributes/option_habits Prefix", UNKNOWN_KEY),
    ("attributes/options Keys", UNKNOWN_KEY),
    ("attributes/places OnTheStruct", "for which field the attribute was meant"),
    ("attributes/punctuation Config.lone_key", VALUE),
    ("attributes/punctuation Config.lone_stage", VALUE),
    ("attributes/punctuation Config.no_value", VALUE),
    ("conversions/types Config.base64_of_a_list", BYTES),
    ("conversions/types Config.base64_of_a_number", BYTES),
    ("conversions/functions Config.an_option", FUNCTION),
    ("conversions/functions Config.another_argument", FUNCTION),
    ("conversions/functions Config.another_type", FUNCTION),
    ("conversions/functions Config.error_without_display", FUNCTION),
    ("conversions/functions Config.no_result", FUNCTION),
    ("conversions/functions Config.two_arguments", FUNCTION),
    ("conversions/functions Config.unknown", FUNCTION),
    ("conversions/functions Config.unknown_method", FUNCTION),
    ("conversions/keys Config.closure", FUNCTION),
    ("conversions/keys Config.no_function", FUNCTION),
    ("conversions/keys Config.words_in_quotes", FUNCTION),
    ("conversions/types Config.json_of_a_list_of_it", FROM_JSON),
    ("conversions/types Config.json_of_an_optional_one", FROM_JSON),
    ("conversions/types Config.json_of_what_is_not_deserialize", FROM_JSON),
    ("conversions/types Config.key_of_what_is_not_readable", FROM_STR),
    ("items/generics Borrowed", TYPES),
    ("items/generics Sized", TYPES),
    ("items/generics Typed", TYPES),
    ("items/shapes Enum", FIELDS),
    ("items/shapes Tuple", FIELDS),
    ("items/shapes Union", FIELDS),
    ("items/shapes Unit", FIELDS),
    ("items/validate_functions Another", FUNCTION),
    ("items/validate_functions Bool", FUNCTION),
    ("items/validate_functions ByValue", FUNCTION),
    ("items/validate_functions Silent", FUNCTION),
    ("items/validate_functions Unknown", FUNCTION),
    ("items/validate_functions WithAValue", FUNCTION),
    ("items/validate_functions WithoutArgument", FUNCTION),
    ("nested/shapes Config.no_values", VALUE),
    ("nested/stages Fewer.more", STAGES),
    ("nested/stages More.fewer", STAGES),
    ("nested/stages None.optional", STAGES),
    ("nested/stages None.some", STAGES),
    ("nested/stages OtherNames.named_by_the_word", STAGES),
    ("nested/types Config.read_as_text", FROM_STR),
    ("page/generic_struct Config", TYPES),
    ("page/unreadable_type Config.limits", FROM_STR),
    ("paths/types Config.keyed_by_numbers", MAP),
    ("paths/types Config.keyed_by_references", MAP),
    ("paths/types Config.list", MAP),
    ("paths/types Config.map_of_one_parameter", FROM_STR),
    ("paths/types Config.number", MAP),
    ("paths/types Config.of_what_is_not_readable", MAP),
    ("paths/types Config.optional", MAP),
    ("paths/types Config.text", MAP),
    ("stages/idle NoStruct", FIELDS),
    ("stages/missing Declared.like_none", "a name of which no other stage is the model"),
    ("stages/missing Declared.two_values", VALUE),
    ("templates/nested NoPartOfAName.below", OTHER_NAME),
    ("templates/nested NoPartOfAName.inner", OTHER_NAME),
    ("templates/nested TwoStructsAway.between", OTHER_NAME),
    ("templates/stages NoLabel.parameter", OTHER_NAME),
    ("types/beside_mistakes Config.bad_type", FROM_STR),
    ("types/not_readable Config.borrowed", FROM_STR),
    ("types/not_readable Config.borrowed_or_owned", FROM_STR),
    ("types/not_readable Config.bytes", FROM_STR),
    ("types/not_readable Config.list", FROM_STR),
    ("types/not_readable Config.literal", FROM_STR),
    ("types/not_readable Config.no_from_str", FROM_STR),
    ("types/not_readable Config.optional", FROM_STR),
    ("types/not_readable Config.variable", FROM_STR),
    ("types/numbers Config.boolean_by_another_word", VALUE),
    ("types/numbers Config.by_stage", VALUE),
    ("types/numbers Config.default_that_is_no_number", VALUE),
    ("types/numbers Config.non_zero_that_is_zero", VALUE),
    ("types/values Config.default", VALUE),
    ("types/values Config.one_of_two", VALUE),
    ("types/values Config.unknown_function", VALUE),
];

const BYTES: &str = "another type, or another key that reads the text";
const VALUE: &str = "which value is wanted";
const UNKNOWN_KEY: &str = "which of the known keys was meant, if any";
const FUNCTION: &str = "which function reads the text, or looks at the whole";
const FROM_JSON: &str = "another type, or how it is read from JSON";
const MAP: &str = "which map there is to be, or another attribute";
const OTHER_NAME: &str = "what else the stage is called";
const STAGES: &str = "which of the two structs is to have other stages";
const TYPES: &str = "what stands for the parameter of the type";
const FIELDS: &str = "which fields a configuration has";
const FROM_STR: &str = "another type, or how the text is read";

/// Behind these stands another mistake, of which nothing is said before they are repaired.
pub(crate) const BEFORE_ANOTHER: &[(&str, &str)] = &[
    ("attributes/habits Config.variable_by_stage", "without the keys there is no name"),
    ("attributes/habits Config.prefix", "a key that is unknown"),
    ("attributes/punctuation Config.two_values", "a value for all stages and one for a stage"),
    ("stages/disagree SlipOfAKeyElsewhere.takes_it", "there is none for the stage of that name"),
    ("stages/habits Arn.m", "an ARN where the name of a secret is wanted"),
    ("stages/habits Outside.n", "a stage without a prefix"),
    ("stages/keywords Config.a_module", OTHER_STAGES),
    ("stages/keywords Config.a_type", OTHER_STAGES),
    ("stages/keywords Config.key_of_the_struct", OTHER_STAGES),
    ("stages/keywords Config.never_usable", OTHER_STAGES),
    ("stages/keywords Config.underscore", OTHER_STAGES),
    ("stages/keywords Config.usable_as_a_raw_one", OTHER_STAGES),
    ("types/beside_mistakes Config.second_bad_name", "a type that is not readable"),
];

const OTHER_STAGES: &str = "each field names another stage, which the others then lack";

/// The help of these is right, but the rules follow it wrongly.
pub(crate) const BROKEN_FIXES: &[(&str, &str)] = &[
    ("attributes/option_habits NamesInTwoCases", IN_A_STAGE),
    ("attributes/option_habits NearMissAllowed", WITHOUT_VALUE),
    ("stages/named NameOfAnotherStage", IN_A_STAGE),
    ("stages/named OneNameInTwoCases", IN_A_STAGE),
    ("stages/named OneNameOfTwoStages", IN_A_STAGE),
    ("stages/named OneNameTwice", IN_A_STAGE),
    ("stages/slips KeysOfTheStruct", WITHOUT_VALUE),
];

const IN_A_STAGE: &str = "what is removed is the only key of a stage";
const WITHOUT_VALUE: &str = "the key is replaced, and its value is left";
