package org.thalweg.finding;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thalweg.finding.Course.Departure;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.TraceValue;

/** Alarms where a layer's trace or sharpness, or the whole network's, leaves its course. */
final class CourseFindings {

    /**
     * A number of a frame.
     *
     * @param error standard error, or bound of its error
     */
    private record Reading(double value, double error) {}

    private CourseFindings() {}

    /** The courses with a frame's numbers; those that a frame lacks stay as they are. */
    static Map<String, Course> follow(Frame frame, Optional<Moment> before) {
        Map<String, Course> courses = new HashMap<>();
        before.ifPresent(moment -> moment.courses().forEach((name, course) -> courses.put(name, course.resting())));
        readings(frame.curvature()).forEach((name, reading) -> {
            if (reading.value > 0 && Double.isFinite(reading.value)) {
                Course known = courses.get(name);
                double error = Double.isFinite(reading.error) ? reading.error / reading.value : 0;
                courses.put(
                        name,
                        known == null
                                ? Course.from(frame.iteration(), reading.value)
                                : known.next(frame.iteration(), reading.value, error));
            }
        });
        return Map.copyOf(courses);
    }

    /** What is watched, by its name in sentences. */
    private static Map<String, Reading> readings(CurvatureValues curvature) {
        Map<String, Reading> readings = new TreeMap<>();
        put(readings, "", curvature.lambdaMax(), curvature.trace());
        for (LayerCurvatureValues layer : curvature.layers()) {
            put(readings, " of layer " + layer.layer(), Optional.of(layer.lambdaMax()), layer.trace());
        }
        return readings;
    }

    private static void put(
            Map<String, Reading> readings, String owner, Optional<Eigenvalue> largest, Optional<TraceValue> trace) {
        largest.filter(Eigenvalue::converged)
                .ifPresent(value -> readings.put("\u03bb max" + owner, new Reading(value.value(), value.residual())));
        trace.ifPresent(value -> readings.put("the trace" + owner, new Reading(value.value(), value.standardError())));
    }

    /** The departures that a frame completed: the largest in words, and how many there are. */
    static Optional<Finding> departures(Map<String, Course> courses) {
        List<Map.Entry<String, Course>> left = courses.entrySet().stream()
                .filter(entry -> entry.getValue().left().isPresent())
                .sorted(Map.Entry.<String, Course>comparingByValue(Comparator.comparingDouble(CourseFindings::factor))
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        return left.stream().findFirst().map(entry -> {
            Departure departure = entry.getValue().left().orElseThrow();
            double from = departure.from().value();
            double to = departure.to().value();
            int others = left.size() - 1;
            return Advice.warning(
                    "off_course",
                    "Off course: " + entry.getKey() + " went from " + Words.number(from) + " to " + Words.number(to)
                            + " since iteration " + Words.count(departure.from().iteration())
                            + (others == 0 ? "." : others == 1 ? ", and one more." : ", and " + others + " more."),
                    Map.of(
                            "from",
                            from,
                            "to",
                            to,
                            "since",
                            (double) departure.from().iteration(),
                            "courses",
                            (double) left.size()));
        });
    }

    private static double factor(Course course) {
        return course.left()
                .map(left -> Math.abs(Math.log(left.to().value() / left.from().value())))
                .orElse(0.0);
    }
}
