package org.thalweg.cli;

import org.thalweg.objective.Device;
import picocli.CommandLine.Option;

/** The device that computes. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DeviceOption {

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = {
                "Where to compute: auto, cpu, cuda or cuda:N (default: ${DEFAULT-VALUE}). auto takes a GPU if",
                "thalweg-cuda is on the class path and finds a usable one, cuda takes all GPUs of its model, cuda:N"
                        + " one."
            },
            defaultValue = "auto")
    Device device;
}
