package org.thalweg.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.thalweg.direction.DirectionPair;
import org.thalweg.frame.PlaneModel;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.surface.TrajectoryPoint;

/**
 * The quantities of a plane. Immutable.
 *
 * @param values by name
 * @param absent why a quantity is absent, by its name
 */
record PlaneQuantities(Map<String, Double> values, Map<String, String> absent) {

    static final PlaneQuantities NONE = new PlaneQuantities(Map.of(), Map.of());

    private static final String COSINE = "direction_cosine";
    private static final String RADIUS = "quadratic_radius";
    private static final List<String> PLACE = List.of(
            "trajectory_alpha",
            "trajectory_beta",
            "trajectory_distance",
            "trajectory_plane_loss",
            "trajectory_concealed");

    PlaneQuantities {
        values = Map.copyOf(values);
        absent = Map.copyOf(absent);
    }

    /** The quantities of the directions' source, and the cosine between the directions. */
    static PlaneQuantities of(DirectionPair directions) {
        Map<String, Double> values = new HashMap<>(directions.quantities());
        double cosine = directions.cosine();
        if (Double.isFinite(cosine)) {
            values.put(COSINE, cosine);
            return new PlaneQuantities(values, Map.of());
        }
        boolean zero = InnerProducts.norm(directions.delta()) == 0 || InnerProducts.norm(directions.eta()) == 0;
        return new PlaneQuantities(values, Map.of(COSINE, zero ? "a direction is zero" : "not finite"));
    }

    /** Whether the directions span a plane that parameters can be projected onto. */
    boolean spans() {
        return !absent.containsKey(COSINE);
    }

    /** With the coordinates of a frame's parameters on the plane. */
    PlaneQuantities at(TrajectoryPoint place) {
        Map<String, Double> all = new HashMap<>(values);
        double[] numbers = {place.alpha(), place.beta(), place.distance(), place.planeLoss(), place.offPlaneGap()};
        for (int i = 0; i < numbers.length; i++) {
            all.put(PLACE.get(i), numbers[i]);
        }
        return new PlaneQuantities(all, absent);
    }

    /** With others. */
    PlaneQuantities with(PlaneQuantities others) {
        Map<String, Double> all = new HashMap<>(values);
        all.putAll(others.values);
        Map<String, String> reasons = new TreeMap<>(absent);
        reasons.putAll(others.absent);
        return new PlaneQuantities(all, reasons);
    }

    /**
     * The distance at which the quadratic model of the plane is wrong by a share of {@link PlaneModel#WRONG}, in coordinates of
     * the plane.
     */
    static PlaneQuantities radius(PlaneModel model, SurfaceValues surface) {
        OptionalDouble radius = model.radius(surface);
        if (radius.isEmpty()) {
            return new PlaneQuantities(Map.of(), Map.of(RADIUS, "the surface is flat"));
        }
        double value = radius.getAsDouble();
        return value > 0 && Double.isFinite(value)
                ? new PlaneQuantities(Map.of(RADIUS, value), Map.of())
                : new PlaneQuantities(
                        Map.of(),
                        Map.of(
                                RADIUS,
                                value > 0
                                        ? "the quadratic model holds on the whole surface"
                                        : "the quadratic model fails before the first points of the surface"));
    }

    /** Without coordinates, for the reason that there is no cosine. */
    PlaneQuantities nowhere() {
        Map<String, String> all = new TreeMap<>(absent);
        PLACE.forEach(name -> all.put(name, absent.getOrDefault(COSINE, "not finite")));
        return new PlaneQuantities(values, all);
    }
}
