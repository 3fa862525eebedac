// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     pub struct Config {
//         #[nested(dev = "/db/dev", prod = "/db/prod")]
//         pub database: Option<Database>,
//         #[ssm_path("/flags/{stage}", required)]
//         pub flags: BTreeMap<String, bool>,
//         #[secret(dev = "stripe/test", prod = "stripe/live", json_key = "api.key")]
//         pub stripe: SecretString,
//         #[ssm("/limits", json, default = Limits::none())]
//         limits: Limits,
//         #[ssm("/seed", base64, parse_with = seed::parse)]
//         seed: Seed,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(
    ::core::clone::Clone,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
)]
pub struct ConfigNames {
    /// The names of the parameters that `database` is read from.
    pub database: <Option<Database> as ::stage_config::__private::Nested>::Parameters,
    /// The name of the parameter that `flags` is read from.
    pub flags: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `stripe` is read from.
    pub stripe: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `limits` is read from.
    limits: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `seed` is read from.
    seed: ::stage_config::__private::Cow<'static, str>,
    __stage: ::stage_config::__private::Stage,
}
#[allow(dead_code)]
impl ConfigNames {
    /// The names at the stage that a deployment is called.
    ///
    /// # Errors
    /// Where no stage can be chosen; it lists the declared ones.
    pub fn for_stage(
        stage: &str,
    ) -> ::core::result::Result<Self, ::stage_config::StageError> {
        ::core::result::Result::map(
            ::stage_config::__private::At::deployed::<Config>(stage),
            Self::__at,
        )
    }
    /// The names at the stage that the environment holds.
    ///
    /// # Errors
    /// Where no stage can be chosen; it lists the declared ones.
    pub fn from_env() -> ::core::result::Result<Self, ::stage_config::StageError> {
        ::core::result::Result::map(
            ::stage_config::__private::At::from_env::<Config>(),
            Self::__at,
        )
    }
    /// The stage as deployed; where none was given, the one that was chosen.
    #[must_use]
    pub fn stage(&self) -> &str {
        ::stage_config::__private::Stage::deployed(&self.__stage)
    }
    /// The declared stage that was chosen.
    #[must_use]
    pub fn chosen(&self) -> &'static str {
        ::stage_config::__private::Stage::chosen(&self.__stage)
    }
    fn __at(__at: ::stage_config::__private::At) -> Self {
        let [__1, __2, __3, __4] = ::stage_config::__private::At::names(
            &__at,
            <Config as ::stage_config::StageConfig>::PARAMETERS,
            [1, 2, 3, 4],
        );
        Self {
            flags: __1,
            stripe: __2,
            limits: __3,
            seed: __4,
            database: <Option<
                Database,
            > as ::stage_config::__private::Nested>::parameters(
                ::stage_config::__private::At::nested(
                    &__at,
                    <Config as ::stage_config::StageConfig>::PARAMETERS,
                    0,
                ),
            ),
            __stage: ::stage_config::__private::At::into_stage(__at),
        }
    }
}
#[automatically_derived]
#[allow(deprecated, unused_braces, unused_parens)]
impl ::stage_config::StageConfig for Config {
    const PARAMETERS: &'static ::stage_config::ParameterTable = {
        use ::stage_config::__private::FieldTypeDefaults as _;
        &::stage_config::ParameterTable {
            config: "Config",
            stages: ::stage_config::Stages {
                declared: &["dev", "prod"],
                aliases: &[],
                fallback: ::core::option::Option::Some("dev"),
                allow_near_misses: false,
            },
            variable: ::core::option::Option::None,
            fields: &[
                ::stage_config::Field {
                    name: "database",
                    doc: "",
                    kind: ::stage_config::Kind::Nested(
                        <Option<Database> as ::stage_config::__private::Nested>::TABLE,
                        ::core::option::Option::Some(
                            ::stage_config::Names::ByStage(
                                &[("dev", "/db/dev"), ("prod", "/db/prod")],
                            ),
                        ),
                    ),
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<
                        Option<Database>,
                    >::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<
                        Option<Database>,
                    >::SECRET,
                    ty: "Option<Database>",
                },
                ::stage_config::Field {
                    name: "flags",
                    doc: "",
                    kind: ::stage_config::Kind::SsmPath(
                        ::stage_config::Names::Same("/flags/{stage}"),
                    ),
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<
                        BTreeMap<String, bool>,
                    >::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<
                        BTreeMap<String, bool>,
                    >::SECRET,
                    ty: "BTreeMap<String, bool>",
                },
                ::stage_config::Field {
                    name: "stripe",
                    doc: "",
                    kind: ::stage_config::Kind::Secret(
                        ::stage_config::Names::ByStage(
                            &[("dev", "stripe/test"), ("prod", "stripe/live")],
                        ),
                    ),
                    json_key: ::core::option::Option::Some("api.key"),
                    optional: ::stage_config::__private::FieldType::<
                        SecretString,
                    >::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<SecretString>::SECRET,
                    ty: "SecretString",
                },
                ::stage_config::Field {
                    name: "limits",
                    doc: "",
                    kind: ::stage_config::Kind::Ssm(
                        ::stage_config::Names::Same("/limits"),
                    ),
                    json_key: ::core::option::Option::None,
                    optional: true,
                    default: ::core::option::Option::Some("Limits::none()"),
                    secret: ::stage_config::__private::FieldType::<Limits>::SECRET,
                    ty: "Limits",
                },
                ::stage_config::Field {
                    name: "seed",
                    doc: "",
                    kind: ::stage_config::Kind::Ssm(
                        ::stage_config::Names::Same("/seed"),
                    ),
                    json_key: ::core::option::Option::None,
                    optional: ::stage_config::__private::FieldType::<Seed>::OPTIONAL,
                    default: ::core::option::Option::None,
                    secret: ::stage_config::__private::FieldType::<Seed>::SECRET,
                    ty: "Seed",
                },
            ],
        }
    };
    type __Names = ConfigNames;
    fn __assemble(
        __values: &mut ::stage_config::__private::Decoder<'_>,
    ) -> ::core::option::Option<Self> {
        use ::stage_config::__private::FieldTypeDefaults as _;
        let (
            ::core::option::Option::Some(__0),
            ::core::option::Option::Some(__1),
            ::core::option::Option::Some(__2),
            ::core::option::Option::Some(__3),
            ::core::option::Option::Some(__4),
        ) = (
            <Option<Database> as ::stage_config::__private::Nested>::read(__values, 0),
            ::stage_config::__private::Decoder::map::<
                BTreeMap<String, bool>,
                _,
            >(__values, 1, true),
            { ::stage_config::__private::FieldType::<SecretString>::NEW }
                .__stage_config_read(
                    ::stage_config::__private::FieldDecoder::json_key(
                        ::stage_config::__private::Decoder::field(__values, 2),
                        "api.key",
                    ),
                ),
            { ::stage_config::__private::FieldType::<Limits>::NEW }
                .__stage_config_convert_or(
                    ::stage_config::__private::Decoder::field(__values, 3),
                    { ::stage_config::__private::Json },
                    || (Limits::none()),
                ),
            { ::stage_config::__private::FieldType::<Seed>::NEW }
                .__stage_config_convert(
                    ::stage_config::__private::Decoder::field(__values, 4),
                    {
                        ::stage_config::__private::InBase64(
                            ::stage_config::__private::Parse(seed::parse),
                        )
                    },
                ),
        ) else {
            return ::core::option::Option::None;
        };
        ::core::option::Option::Some(Self {
            database: __0,
            flags: __1,
            stripe: __2,
            limits: __3,
            seed: __4,
        })
    }
    fn __check_literals(__values: &mut ::stage_config::__private::Decoder<'_>) {
        use ::stage_config::__private::FieldTypeDefaults as _;
        <Option<
            Database,
        > as ::stage_config::__private::Nested>::check_literals(__values, 0);
    }
    fn __parameters(__at: ::stage_config::__private::At) -> Self::__Names {
        ConfigNames::__at(__at)
    }
}
const _: () = {
    #[allow(unused_imports)]
    use ::stage_config::__private::FieldTypeDefaults as _;
    ::core::assert!(
        ! ::stage_config::__private::FieldType:: < Limits > ::OPTIONAL,
        "an `Option` has a default already, which is `None`\nhelp: remove `default = …`, or change `Option<T>` to `T`"
    );
    ::core::assert!(
        ! ::stage_config::__private::FieldType:: < Limits > ::SECRET,
        "`default` would keep a secret in the source code\nhelp: remove `default = …`, or make the field an `Option`"
    );
};
const _: () = ::core::assert!(
    ::stage_config::__private::HAS_JSON, "{}",
    "`json_key` needs the feature `json` of stage-config\nhelp: `stage-config = { version = \"0.1.0\", features = [\"json\"] }` in Cargo.toml"
);
const _: () = {
    const FITS: &::stage_config::__private::Fits = &::stage_config::__private::Fits::of(
        <Config as ::stage_config::StageConfig>::PARAMETERS,
        0,
    );
    if !FITS.is_sound() {
        ::core::panic!("{}", FITS.text());
    }
};
