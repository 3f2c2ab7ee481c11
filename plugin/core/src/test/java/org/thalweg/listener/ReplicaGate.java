package org.thalweg.listener;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.listener.RoutingIterationListener;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Holds ParallelWrapper's first batch back until each of its threads has its replica. Otherwise they copy it from a network
 * that one of them trains already, and the outcome is another one each time. A thread that has its replica asks listeners
 * of this kind for a copy, which is how this knows.
 */
final class ReplicaGate extends BaseTrainingListener implements RoutingIterationListener {

    private final CountDownLatch open;

    ReplicaGate(int replicas) {
        this.open = new CountDownLatch(replicas);
    }

    /** Batches; the first one waits. */
    DataSetIterator before(List<DataSet> examples, int batch) {
        return new ListDataSetIterator<>(examples, batch) {
            @Override
            public synchronized DataSet next() {
                await();
                return super.next();
            }
        };
    }

    private void await() {
        try {
            if (!open.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError(open.getCount() + " replicas are missing after a minute");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for replicas", e);
        }
    }

    @Override
    public RoutingIterationListener clone() {
        open.countDown();
        return this;
    }

    @Override
    public void setStorageRouter(@Nullable StatsStorageRouter router) {}

    @Override
    public @Nullable StatsStorageRouter getStorageRouter() {
        return null;
    }

    @Override
    public void setWorkerID(String worker) {}

    @Override
    public String getWorkerID() {
        return "";
    }

    @Override
    public void setSessionID(String session) {}

    @Override
    public String getSessionID() {
        return "";
    }
}
