package org.thalweg.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Converts objects to bytes with the serializer that Spark uses for code. The serializer for data is the user's choice,
 * and Kryo does not support records.
 */
final class ClosureSerializer {

    private ClosureSerializer() {}

    static byte[] bytes(Serializable object) {
        ClassTag<Serializable> tag = ClassTag$.MODULE$.apply(Serializable.class);
        ByteBuffer buffer = SparkEnv.get().closureSerializer().newInstance().serialize(object, tag);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static <T extends Serializable> T read(Class<T> type, byte[] bytes) {
        ClassTag<T> tag = ClassTag$.MODULE$.apply(type);
        return SparkEnv.get()
                .closureSerializer()
                .newInstance()
                .deserialize(ByteBuffer.wrap(bytes), Thread.currentThread().getContextClassLoader(), tag);
    }
}
