package org.thalweg.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.status.api.v1.ExecutorSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;

/** The executors of an application and their cores, without executors on which ND4J does not work. */
final class ExecutorRegistry extends SparkListener {

    private static final Logger log = LoggerFactory.getLogger(ExecutorRegistry.class);

    private final SparkContext context;
    /** Executors on which ND4J does not work, and the reasons. */
    private final Map<String, String> unusable = new ConcurrentHashMap<>();

    ExecutorRegistry(SparkContext context) {
        this.context = context;
        context.addSparkListener(this);
    }

    /**
     * The cores that are available now, by executor.
     *
     * @return for each core the location by which Spark's scheduler knows its executor; always in the same order
     */
    List<String> cores() {
        List<String> cores = new ArrayList<>();
        executors(true).stream()
                .filter(executor -> !unusable.containsKey(executor.id()))
                .sorted(Comparator.comparingInt(
                                (ExecutorSummary executor) -> executor.id().length())
                        .thenComparing(ExecutorSummary::id))
                .forEach(executor -> {
                    for (int core = 0; core < executor.totalCores(); core++) {
                        cores.add("executor_" + host(executor) + "_" + executor.id());
                    }
                });
        return cores;
    }

    /** Whether no executor is left that can work. */
    boolean isEmpty() {
        return cores().isEmpty();
    }

    /**
     * The reason why ND4J works on no executor that ever registered; empty if it works on one, or if none has
     * registered.
     */
    Optional<String> defect() {
        List<ExecutorSummary> all = executors(false);
        return !all.isEmpty() && all.stream().allMatch(executor -> unusable.containsKey(executor.id()))
                ? Optional.ofNullable(unusable.get(all.get(0).id()))
                : Optional.empty();
    }

    /** Includes the driver, which has cores only where it is its own executor. */
    private List<ExecutorSummary> executors(boolean activeOnly) {
        return JavaConverters.seqAsJavaListConverter(context.statusStore().executorList(activeOnly)).asJava().stream()
                .filter(executor -> executor.totalCores() > 0)
                .toList();
    }

    private static String host(ExecutorSummary executor) {
        String address = executor.hostPort();
        int port = address.lastIndexOf(':');
        // An executor that has just registered has no port yet.
        return port < 0 ? address : address.substring(0, port);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.reason() instanceof ExceptionFailure failure
                && failure.className().equals(BackendException.class.getName())
                && unusable.put(end.taskInfo().executorId(), failure.description()) == null) {
            log.warn("{}; it gets no more tasks", failure.description());
        }
    }
}
