package org.thalweg.cli;

import java.util.List;
import org.thalweg.data.AllowedClasses;
import picocli.CommandLine.Option;

/** The classes that a model's configuration may name. */
final class ClassOptions {

    @Option(
            names = "--allow-classes",
            paramLabel = "CLASS",
            split = ",",
            description = {
                "Classes outside Deeplearning4j that the models may name, such as com.acme.MyLayer or com.acme.layers.*;",
                "Deeplearning4j runs their code. Default: none."
            })
    private List<String> names = List.of();

    AllowedClasses allowed() {
        return AllowedClasses.DEFAULT.with(names);
    }
}
