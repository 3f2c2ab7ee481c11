package org.thalweg.cuda;

/** There is no usable GPU; the message has the reason. */
final class CudaUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CudaUnavailableException(String message) {
        super(message);
    }
}
