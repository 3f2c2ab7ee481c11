package org.thalweg.data;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.data.ImageOptions.Size;

/**
 * Image files in a folder for each class. Classes are numbered in the order of the folders' names, images within a class
 * in the order of their paths; hidden files and folders are passed over.
 *
 * @param directory directory of the classes' folders
 * @param classes names of the folders, sorted
 * @param files all images, those of the first class first
 * @param labels class of each image
 * @param shape shape of the network that takes them
 * @param options size and range of the pixels
 */
record ImageFolder(
        Path directory,
        List<String> classes,
        List<Path> files,
        List<Integer> labels,
        NetworkShape shape,
        ImageOptions options)
        implements ExampleSource {

    private static final List<String> TRAINING = List.of("train", "training");
    private static final List<String> VALIDATION = List.of("val", "validation", "valid", "test", "testing");

    /** Whether a directory has folders, which may be classes. */
    static boolean has(Path directory) throws IOException {
        return !folders(directory).isEmpty();
    }

    /**
     * Lists the images of a directory, or of its folder {@code train}, or {@code val} or {@code test}, if it has both.
     *
     * @param validation whether to read the second one
     * @throws IOException if there are no images
     */
    static ImageFolder open(Path data, boolean validation, NetworkShape shape, ImageOptions options)
            throws IOException {
        Path directory = part(data, validation);
        List<String> classes = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Path folder : folders(directory)) {
            List<Path> images = images(folder);
            images.forEach(image -> labels.add(classes.size()));
            files.addAll(images);
            classes.add(folder.getFileName().toString());
        }
        if (files.isEmpty()) {
            throw new IOException(
                    "no images in the folders of " + directory + ": expected a folder with images for" + " each class");
        }
        return new ImageFolder(directory, classes, files, labels, shape, options);
    }

    private static Path part(Path data, boolean validation) throws IOException {
        List<Path> folders = folders(data);
        List<Path> training = named(folders, TRAINING);
        List<Path> held = named(folders, VALIDATION);
        boolean divided = !training.isEmpty() && !held.isEmpty() && training.size() + held.size() == folders.size();
        return divided ? (validation ? held : training).get(0) : data;
    }

    private static List<Path> named(List<Path> folders, List<String> names) {
        return folders.stream()
                .filter(folder -> names.contains(folder.getFileName().toString()))
                .toList();
    }

    private static List<Path> folders(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.isDirectory(entry) && !isHidden(entry))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> images(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return isHidden(directory) && !directory.equals(folder)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!isHidden(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".") || file.toFile().isHidden();
    }

    @Override
    public int count() {
        return files.size();
    }

    @Override
    public String source() {
        return directory + " (classes " + String.join(", ", classes) + ")";
    }

    @Override
    public MultiDataSet take(int[] examples) throws IOException {
        Size size = options.size().isPresent()
                ? options.size().get()
                : ImageFile.read(files.get(examples[0])).size();
        InputShape input = shape.onlyInput(source());
        int channels = channels(input, size);
        float[] pixels = new float[Math.toIntExact((long) examples.length * channels * size.area())];
        double[] numbers = new double[examples.length];
        for (int i = 0; i < examples.length; i++) {
            float[][] planes = image(examples[i], size).channels(channels);
            for (int c = 0; c < channels; c++) {
                for (int p = 0; p < size.area(); p++) {
                    pixels[(i * channels + c) * size.area() + p] =
                            options.pixels().of(planes[c][p]);
                }
            }
            numbers[i] = labels.get(examples[i]);
        }
        INDArray images =
                Nd4j.createFromArray(pixels).reshape('c', examples.length, channels, size.height(), size.width());
        boolean channelsLast = input instanceof InputShape.Images planes && planes.channelsLast();
        return new MultiDataSet(
                input.fit(channelsLast ? images.permute(0, 2, 3, 1).dup('c') : images, source()),
                shape.onlyOutput(source()).fit(Nd4j.createFromArray(numbers), source()));
    }

    private ImageFile image(int example, Size size) throws IOException {
        Path file = files.get(example);
        ImageFile image = ImageFile.read(file);
        if (options.size().isEmpty() && !image.size().equals(size)) {
            throw new IOException(file + " has " + image.size() + " pixels, others have " + size
                    + ": give the size that the network takes (--image-size)");
        }
        return image.resized(size);
    }

    /** Grey or colour, whichever the network takes. */
    private int channels(InputShape input, Size size) throws IOException {
        if (input instanceof InputShape.Flat flat) {
            if (flat.size() != size.area() && flat.size() != 3L * size.area()) {
                throw new IOException(directory + " has images of " + size + " pixels, the network takes " + flat.size()
                        + " values: give the size that it takes (--image-size)");
            }
            return (int) (flat.size() / size.area());
        }
        long channels = input instanceof InputShape.Images images ? images.channels() : 0;
        if (channels != 0 && channels != 1 && channels != 3) {
            throw new IOException(
                    "the network takes images of " + channels + " channels, those of " + directory + " have 1 or 3");
        }
        return channels == 1 ? 1 : 3;
    }
}
