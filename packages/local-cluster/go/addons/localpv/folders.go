package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v10/controller"
)

// anybody: pods run as any user, and a host path is not given to a pod's group.
const anybody = 0o777

// folders provisions volumes as folders below root, on one node.
type folders struct{ root, node string }

var _ controller.Provisioner = folders{}

// Provision makes the folder of a volume.
func (f folders) Provision(_ context.Context, options controller.ProvisionOptions) (*corev1.PersistentVolume, controller.ProvisioningState, error) {
	claim := options.PVC
	folder := filepath.Join(f.root, strings.Join([]string{options.PVName, claim.Namespace, claim.Name}, "_"))
	if err := os.MkdirAll(folder, anybody); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	// The umask doesn't count here.
	if err := os.Chmod(folder, anybody); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	return f.volume(options, folder), controller.ProvisioningFinished, nil
}

func (f folders) volume(options controller.ProvisionOptions, folder string) *corev1.PersistentVolume {
	mode := corev1.PersistentVolumeFilesystem
	// A folder that is gone must not come back as an empty one.
	mustExist := corev1.HostPathDirectory
	claim := options.PVC.Spec
	return &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: options.PVName},
		Spec: corev1.PersistentVolumeSpec{
			PersistentVolumeReclaimPolicy: *options.StorageClass.ReclaimPolicy,
			AccessModes:                   claim.AccessModes,
			VolumeMode:                    &mode,
			Capacity:                      corev1.ResourceList{corev1.ResourceStorage: claim.Resources.Requests[corev1.ResourceStorage]},
			PersistentVolumeSource: corev1.PersistentVolumeSource{
				HostPath: &corev1.HostPathVolumeSource{Path: folder, Type: &mustExist},
			},
			NodeAffinity: onNode(f.node),
		},
	}
}

func onNode(name string) *corev1.VolumeNodeAffinity {
	return &corev1.VolumeNodeAffinity{Required: &corev1.NodeSelector{NodeSelectorTerms: []corev1.NodeSelectorTerm{{
		MatchExpressions: []corev1.NodeSelectorRequirement{{
			Key: corev1.LabelHostname, Operator: corev1.NodeSelectorOpIn, Values: []string{name},
		}},
	}}}}
}

// Delete removes a volume's folder with all that is in it, and nothing that isn't one of
// ours.
func (f folders) Delete(_ context.Context, volume *corev1.PersistentVolume) error {
	path := volume.Spec.HostPath
	if path == nil || filepath.Dir(path.Path) != filepath.Clean(f.root) || !strings.HasPrefix(filepath.Base(path.Path), volume.Name+"_") {
		return fmt.Errorf("refusing to delete volume %q: its folder isn't one below %q", volume.Name, f.root)
	}
	return os.RemoveAll(path.Path)
}
