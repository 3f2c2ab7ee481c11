package org.thalweg.cli;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.thalweg.data.AllowedClasses;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The classes that a model's configuration may name. */
final class ClassOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--allow-classes",
            paramLabel = "CLASS",
            split = ",",
            description = {
                "Classes outside Deeplearning4j that the models may name, such as com.acme.MyLayer or"
                        + " com.acme.layers.*;",
                "Deeplearning4j runs their code. Default: none."
            })
    private List<String> names = List.of();

    /**
     * @throws ParameterException if one is not the name of a class
     */
    AllowedClasses allowed() {
        return Usage.checked(
                Objects.requireNonNull(command), "--allow-classes", () -> AllowedClasses.DEFAULT.with(names));
    }
}
