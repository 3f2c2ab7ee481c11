package org.thalweg.recording;

import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Finding.Severity;

/**
 * The group {@code /findings} of a frame's file, written and read: one group for each finding, named by its position
 * and kind, {@code 00_diverged}, with the text {@code words}, the attributes {@code severity}, {@code advice} and
 * {@code reference}, and {@code number_NAME} for each of its numbers.
 */
final class FindingsGroup {

    private static final String NUMBER = "number_";

    /** Digits of the position and the underscore after them. */
    private static final int PLACE = 3;

    private FindingsGroup() {}

    static void write(WritableGroup group, List<Finding> findings) {
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            WritableGroup own =
                    group.putGroup(String.format(Locale.ROOT, "%02d_", i) + RunFormat.escape(finding.kind()));
            own.putDataset("words", finding.words());
            Hdf5.putText(own, "severity", finding.severity().label());
            Hdf5.putText(own, "advice", finding.advice());
            Hdf5.putText(own, "reference", finding.reference());
            Hdf5.putDoubles(own, NUMBER, finding.numbers());
        }
    }

    static List<Finding> read(Group group) {
        List<Node> nodes = new ArrayList<>(group.getChildren().values());
        nodes.sort(Comparator.comparing(Node::getName));
        return nodes.stream().map(node -> finding((Group) node)).toList();
    }

    private static Finding finding(Group group) {
        return new Finding(
                RunFormat.unescape(group.getName().substring(PLACE)),
                Severity.of(Hdf5.text(group, "severity")),
                (String) Hdf5.data(group, "words"),
                Hdf5.doubles(group, NUMBER),
                Hdf5.text(group, "advice"),
                Hdf5.text(group, "reference"));
    }
}
