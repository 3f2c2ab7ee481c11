package org.thalweg.listener;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;

/**
 * Has frames made in the background, and then inline by a trainer on the other device. Prints which threads computed the
 * loss on which devices, and where the trainer is in the end.
 */
public final class TrainingOnTwoDevices {

    private TrainingOnTwoDevices() {}

    /** Takes the seed. */
    public static void main(String[] args) throws InterruptedException {
        System.setProperty("affinitymanager", TwoDevices.class.getName());
        Nd4j.getAffinityManager().unsafeSetDevice(0);
        long seed = Long.parseLong(args[0]);
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, seed)
                .list()
                .layer(new OutputLayer.Builder(new DeviceLoss()).nIn(6).nOut(3).build())
                .build());
        network.init();
        DataSet data = Networks.data(20, seed, 6);
        try (LandscapeListener listener = builder(network, data).build()) {
            network.setListeners(listener);
            network.fit(data);
        }
        try (LandscapeListener listener =
                builder(network, data).pacing(EveryFrame.INLINE).build()) {
            network.setListeners(listener);
            Thread trainer = new Thread(
                    () -> {
                        network.fit(data);
                        System.out.println(
                                "trainer stays on " + Nd4j.getAffinityManager().getDeviceForCurrentThread());
                    },
                    "trainer");
            trainer.start();
            trainer.join();
        }
        DeviceLoss.SEEN.forEach(System.out::println);
    }

    private static LandscapeListenerBuilder builder(MultiLayerNetwork network, DataSet data) {
        return LandscapeListener.builder(network)
                .recording(RecordingOptions.DEFAULT.withRun("worker"))
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.QUEUED)
                .grid(3);
    }
}
