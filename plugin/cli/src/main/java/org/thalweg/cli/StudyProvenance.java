package org.thalweg.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.thalweg.analysis.ParameterArrays;
import org.thalweg.analysis.ProbeExport;
import org.thalweg.analysis.internal.ArrayDigest;
import org.thalweg.analysis.internal.OptionTree;
import org.thalweg.data.SavedNetwork;
import org.thalweg.data.internal.NetworkConfiguration;
import org.thalweg.frame.RunProvenance;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.Backend;

/** Describes a study in enough detail to decide whether another command continues it. */
final class StudyProvenance {

    private StudyProvenance() {}

    /**
     * The provenance.
     *
     * @param function of the parameters
     * @param asked a summary of the options, by name
     * @param study every option of the study, in the form that {@link OptionTree} accepts. Its arrays are computed from
     *     the models and may differ in their last bits when they are computed again; the models' digests represent
     *     them.
     */
    static RunProvenance of(
            AnalysisInputs inputs, ObjectiveOptions function, Map<String, Object> asked, Map<String, Object> study) {
        Objective objective = inputs.train();
        Backend backend = Backend.current();
        Map<String, Object> data = new TreeMap<>();
        data.put(
                "models",
                inputs.networks().stream().map(StudyProvenance::digest).toList());
        data.put("probe", digest(inputs.probe(), objective));
        if (inputs.held() != null) {
            data.put("validation", digest(inputs.held(), objective));
        }
        Map<String, Object> settings = new TreeMap<>(data);
        study.forEach((name, value) -> settings.put(name, OptionTree.withoutArrays(value)));
        settings.put("objective", OptionTree.of(function));
        Map<String, Object> all = new TreeMap<>(asked);
        all.putAll(data);
        all.put("probeSize", inputs.probe().size());
        if (inputs.held() != null) {
            all.put("validationProbe", inputs.held().source());
        }
        all.put("mode", function.mode().name().toLowerCase(Locale.ROOT));
        all.put("batchSize", function.batchSize());
        return new RunProvenance(
                inputs.name(),
                backend.versions(),
                backend.device(),
                objective.name() + ", " + objective.hessianMethod().label() + " Hessian products",
                NetworkConfiguration.toJson(inputs.networks().get(0).model()),
                ParameterArrays.described(objective.layout()),
                objective.dataType().name(),
                all,
                settings,
                List.of(),
                inputs.probe().source());
    }

    private static String digest(SavedNetwork network) {
        return network.file().getFileName() + " "
                + ArrayDigest.of(
                        List.of(ParameterArrays.of("parameters", network.model().params())));
    }

    private static String digest(Probe probe, Objective objective) {
        return ArrayDigest.of(ProbeExport.of("", probe, objective.dataType()));
    }
}
