// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     struct Config {
//         #[stage]
//         stage: String,
//         #[env("TABLE_NAME", default = "orders")]
//         table: String,
//         #[ssm("/timeout", default = Duration::from_secs(5))]
//         timeout: Duration,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
#[allow(dead_code)]
struct ConfigNames {
    /// The name of the parameter that `timeout` is read from.
    timeout: ::stage_config::__private::Cow<'static, str>,
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
                "stage",
                "String",
                [__FieldType::<String>::OPTIONAL, __FieldType::<String>::SECRET],
                __Kind::Stage,
            ),
            __Field::__new(
                    "table",
                    "String",
                    [false, __FieldType::<String>::SECRET],
                    __Kind::Env("TABLE_NAME"),
                )
                .__default("\"orders\""),
            __Field::__new(
                    "timeout",
                    "Duration",
                    [false, __FieldType::<Duration>::SECRET],
                    __Kind::Ssm(__STAGES.__names(&["/timeout"])),
                )
                .__default("Duration::from_secs(5)"),
        ],
    );
    #[allow(dead_code)]
    impl ConfigNames {
        /// The names at the stage of a deployment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        fn for_stage(
            stage: &str,
        ) -> ::core::result::Result<Self, ::stage_config::StageError> {
            __private::for_stage(__TABLE, stage)
        }
        /// The names at the stage of the environment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        fn from_env() -> ::core::result::Result<Self, ::stage_config::StageError> {
            __private::from_env(__TABLE)
        }
        /// The stage as deployed. If no stage is set, the declared stage that was chosen.
        #[must_use]
        fn stage(&self) -> &str {
            __private::Stage::deployed(&self.__stage)
        }
        /// The declared stage that was chosen.
        #[must_use]
        fn chosen(&self) -> &'static str {
            __private::Stage::chosen(&self.__stage)
        }
    }
    #[automatically_derived]
    impl __private::FromNames for ConfigNames {
        fn __new(__at: __private::At<'_>) -> Self {
            let [__2] = __at.names([2]);
            Self {
                timeout: __2,
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
                { __FieldType::<String>::NEW }.__stage_config_read(__decoder.field(0)),
                { __FieldType::<String>::NEW }
                    .__stage_config_read(__decoder.field(1).or_literal("orders")),
                { __FieldType::<Duration>::NEW }
                    .__stage_config_read_or(
                        __decoder.field(2),
                        || (Duration::from_secs(5)),
                    ),
            ) else { return __None };
            __Some(Self {
                stage: __0,
                table: __1,
                timeout: __2,
            })
        }
        fn __check_literals(__decoder: &mut __private::Decoder<'_>) {
            let _ = { __FieldType::<String>::NEW }
                .__stage_config_read(__decoder.check_literal(1, "", "orders"));
        }
    }
    const _: () = {
        ::core::assert!(
            ! __FieldType:: < String > ::OPTIONAL,
            "an `Option` has a default already, which is `None`\nhelp: remove `default = …`, or change `Option<T>` to `T`"
        );
        ::core::assert!(
            ! __FieldType:: < String > ::SECRET,
            "`default` would keep a secret in the source code\nhelp: remove `default = …`, or make the field an `Option`"
        );
        { __FieldType::<String>::WRITTEN }
            .refuse(__FieldType::<String>::OPTIONAL, "orders");
    };
    const _: () = {
        ::core::assert!(
            ! __FieldType:: < Duration > ::OPTIONAL,
            "an `Option` has a default already, which is `None`\nhelp: remove `default = …`, or change `Option<T>` to `T`"
        );
        ::core::assert!(
            ! __FieldType:: < Duration > ::SECRET,
            "`default` would keep a secret in the source code\nhelp: remove `default = …`, or make the field an `Option`"
        );
    };
};
