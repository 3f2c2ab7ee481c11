package org.thalweg.demo.early;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Courses in numbers, one line each. */
final class EarlyTable {

    private EarlyTable() {}

    /** The effect of the learning rate on loss and sharpness. */
    static List<String> catapults(List<EarlyCourse> courses) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-16s %11s %11s %11s %11s %11s %11s  %s",
                "learning rate",
                "first loss",
                "largest",
                "last",
                "lambda_0",
                "last lambda",
                "times lr",
                "the loss"));
        for (EarlyCourse course : courses) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-16s %11.4g %11.4g %11.4g %11.4g %11.4g %11.3g  %s",
                    course.title(),
                    course.first().loss(),
                    course.largest(EarlyMoment::loss),
                    course.last().loss(),
                    course.first().lambdaMax(),
                    course.last().lambdaMax(),
                    course.stabilityAtEnd(),
                    course.phase().label()));
        }
        return lines;
    }

    /** The effect of learning rate and warm-up on loss, sharpness and traces. */
    static List<String> warmUps(List<EarlyCourse> courses) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-16s %11s %11s %9s %11s %11s %11s %11s %11s",
                "learning rate",
                "largest loss",
                "last",
                "held out",
                "largest lam.",
                "last",
                "largest Tr F",
                "last",
                "last Tr H"));
        for (EarlyCourse course : courses) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-16s %11.4g %11.4g %7.1f %% %11.4g %11.4g %11.4g %11.4g %11.4g",
                    course.title(),
                    course.largest(EarlyMoment::loss),
                    course.last().loss(),
                    course.last().held(),
                    course.largest(EarlyMoment::lambdaMax),
                    course.last().lambdaMax(),
                    course.largest(EarlyMoment::fisher),
                    course.last().fisher(),
                    course.last().trace()));
        }
        return lines;
    }
}
