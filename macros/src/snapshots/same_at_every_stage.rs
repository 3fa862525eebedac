// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     pub(crate) struct Config {
//         #[ssm("/limit")]
//         pub(crate) limit: u32,
//         #[ssm("/flag:3")]
//         pub(crate) flag: Option<bool>,
//         #[value("+14151234567")]
//         admin: &'static str,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
#[allow(dead_code)]
pub(crate) struct ConfigNames {
    /// The name of the parameter that `limit` is read from.
    pub(crate) limit: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `flag` is read from.
    pub(crate) flag: ::stage_config::__private::Cow<'static, str>,
    __stage: ::stage_config::__private::Stage,
}
#[allow(deprecated, unused_braces, unused_imports, unused_parens)]
const _: () = {
    use ::stage_config::__private::{
        self, Field as __Field, Kind as __Kind, Option::None as __None,
        Option::Some as __Some, FieldType as __FieldType, FieldTypeDefaults as _,
    };
    const __STAGES: __private::Stages = __private::Stages::__new(
        &[],
        &[],
        __None,
        false,
    );
    const __TABLE: &__private::ParameterTable = &__private::ParameterTable::__new(
        "Config",
        __STAGES,
        __None,
        &[
            __Field::__new(
                "limit",
                "u32",
                [__FieldType::<u32>::OPTIONAL, __FieldType::<u32>::SECRET],
                __Kind::Ssm(__STAGES.__names(&["/limit"])),
            ),
            __Field::__new(
                "flag",
                "Option<bool>",
                [
                    __FieldType::<Option<bool>>::OPTIONAL,
                    __FieldType::<Option<bool>>::SECRET,
                ],
                __Kind::Ssm(__STAGES.__names(&["/flag:3"])),
            ),
            __Field::__new(
                "admin",
                "&'static str",
                [
                    __FieldType::<&'static str>::OPTIONAL,
                    __FieldType::<&'static str>::SECRET,
                ],
                __Kind::Value,
            ),
        ],
    );
    #[allow(dead_code)]
    impl ConfigNames {
        /// The names at the stage of a deployment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        pub(crate) fn for_stage(
            stage: &str,
        ) -> ::core::result::Result<Self, ::stage_config::StageError> {
            __private::for_stage(__TABLE, stage)
        }
        /// The names at the stage of the environment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        pub(crate) fn from_env() -> ::core::result::Result<
            Self,
            ::stage_config::StageError,
        > {
            __private::from_env(__TABLE)
        }
        /// The stage as deployed. If no stage is set, the declared stage that was chosen.
        #[must_use]
        pub(crate) fn stage(&self) -> &str {
            __private::Stage::deployed(&self.__stage)
        }
        /// The declared stage that was chosen.
        #[must_use]
        pub(crate) fn chosen(&self) -> &'static str {
            __private::Stage::chosen(&self.__stage)
        }
    }
    #[automatically_derived]
    impl __private::FromNames for ConfigNames {
        fn __new(__at: __private::At<'_>) -> Self {
            let [__0, __1] = __at.names([0, 1]);
            Self {
                limit: __0,
                flag: __1,
                __stage: __at.stage(),
            }
        }
    }
    #[automatically_derived]
    impl ::stage_config::StageConfig for Config {
        const PARAMETERS: &'static __private::ParameterTable = __TABLE;
        type __Names = ConfigNames;
        fn __assemble(
            __decoder: &mut __private::Decoder<'_>,
        ) -> __private::Option<Self> {
            let (__Some(__0), __Some(__1), __Some(__2)) = (
                { __FieldType::<u32>::NEW }.__stage_config_read(__decoder.field(0)),
                { __FieldType::<Option<bool>>::NEW }
                    .__stage_config_read(__decoder.field(1)),
                { __FieldType::<&'static str>::NEW }
                    .__stage_config_literal(__decoder.literal(2, "+14151234567")),
            ) else { return __None };
            __Some(Self {
                limit: __0,
                flag: __1,
                admin: __2,
            })
        }
        fn __check_literals(__decoder: &mut __private::Decoder<'_>) {
            let _ = { __FieldType::<&'static str>::NEW }
                .__stage_config_literal(__decoder.check_literal(2, "", "+14151234567"));
        }
    }
    const _: () = { __FieldType::<&'static str>::WRITTEN }
        .refuse(__FieldType::<&'static str>::OPTIONAL, "+14151234567");
    const _: () = ::core::assert!(
        ! __FieldType:: < & 'static str > ::SECRET,
        "`value` would keep a secret in the source code\nhelp: read it from Parameter Store: `#[ssm(\"…\")]`"
    );
};
